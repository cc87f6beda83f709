import { isKind, PhasegateError } from '../core/errors.ts';

/**
 * Says what will not pass by itself.
 *
 * @throws whatever may pass, as it came, so that the question is asked again
 */
export function lastingTrouble(error: unknown): string {
  if (isKind(error, 'unavailable') || !(error instanceof PhasegateError)) throw error;
  return error.message;
}
