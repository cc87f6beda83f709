import { PhasegateError } from '../../core/errors.ts';

/**
 * Why a write did not happen that had a condition: a document that it wanted to create `exists`, or one
 * that it wanted to change has `changed`, or is not there, or is being changed by somebody else.
 */
export type Refusal = 'exists' | 'changed';

/** By gRPC code: NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED. */
const REFUSAL_OF_CODE: Readonly<Record<number, Refusal>> = {
  5: 'changed',
  6: 'exists',
  9: 'changed',
  10: 'changed',
};

/** Null for trouble of any other kind. */
export function refusalOf(error: unknown): Refusal | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return REFUSAL_OF_CODE[Number(error.code)] ?? null;
}

/**
 * What the official client threw, as trouble outside us. A missing right, a missing index or a document
 * that is too large are no fault of the message at hand: once it is mended, a second try works.
 */
export function fromFirestore(error: unknown): PhasegateError {
  if (error instanceof PhasegateError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new PhasegateError('unavailable', `Firestore: ${reason}`, error);
}
