/**
 * Why a failure happened, in one word a caller can branch on.
 *
 * `invalid-input`: what we were given is wrong; the same input fails again. `invalid-query`: a
 * statement the warehouse refuses to run. `conflict`: someone else was first; load again.
 * `not-found`: the thing named does not exist. `unavailable`: trouble outside us; a second try may
 * work. `pending`: work that was asked for goes on; ask again later. `bug`: we broke our own rule.
 */
export type FailureKind =
  | 'invalid-input'
  | 'invalid-query'
  | 'conflict'
  | 'not-found'
  | 'unavailable'
  | 'pending'
  | 'bug';

/**
 * The one error class of the house. Adapters translate vendor errors into it, the shell branches
 * on `kind`, and nothing ever matches on `message`.
 */
export class PhasegateError extends Error {
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'PhasegateError';
    this.kind = kind;
  }
}

export function isKind(error: unknown, kind: FailureKind): error is PhasegateError {
  return error instanceof PhasegateError && error.kind === kind;
}

/** Makes a forgotten case a compile error, and a loud one if types were bypassed. */
export function assertNever(value: never): never {
  throw new PhasegateError('bug', `unhandled case: ${JSON.stringify(value)}`);
}
