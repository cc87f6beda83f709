import { z } from 'zod';
import { PhasegateError } from '../core/errors.ts';

/** `POST /v1/launches/LAUNCH:claim`: both the claim of an execution and the answer, which names the one that has the launch. */
const schema = z.object({ execution: z.string().min(1).max(500) });

/** @throws PhasegateError `invalid-input` for anything that is not `{"execution": "…"}` */
export function readClaim(text: string): Readonly<{ execution: string }> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const accepted = 'accepted: {"execution": "…"}, of 1 to 500 characters';
    throw new PhasegateError(
      'invalid-input',
      `this is not a claim of a launch; ${accepted}`,
      error,
    );
  }
}
