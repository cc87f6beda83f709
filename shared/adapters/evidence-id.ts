import { PhasegateError } from '../core/errors.ts';

/** @throws PhasegateError `invalid-input` for what is no id of evidence: a path could be made of it */
export function assertEvidenceId(id: string): void {
  if (/^[A-Za-z0-9_-]+$/.test(id)) return;
  throw new PhasegateError(
    'invalid-input',
    `${JSON.stringify(id)} is no evidence id; accepted: letters, digits, - and _`,
  );
}
