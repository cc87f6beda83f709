import { isKind, PhasegateError } from '../core/errors.ts';

/** No handler holds a message longer than 120 s; a look runs several statements. */
export const STATEMENT_WAIT_MS = 20_000;

/** A statement that is still running is found again by its id when the message comes again. */
export async function waited<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isKind(error, 'pending')) throw error;
    throw new PhasegateError('unavailable', `not yet: ${error.message}`, error);
  }
}
