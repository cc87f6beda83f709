/** An error as a test runner hands it on. */
export type Failure = Readonly<{ name?: string; message: string; cause?: unknown }>;

const BY_RETURNING_FALSE = 'Property failed by returning false';

/**
 * Whether a test failed because it was not told what it expects: an assertion, a property, or an error
 * of the house where a verdict was expected. A time limit and any other error only show that it
 * did not get as far; what a property or an assertion about a promise stumbled over decides for it.
 */
export function isOfAssertion({ name, message, cause }: Failure): boolean {
  if (name === 'PhasegateError') return true;
  if (isFailure(cause)) return isOfAssertion(cause);
  return name === 'AssertionError' || message === BY_RETURNING_FALSE;
}

function isFailure(cause: unknown): cause is Failure {
  return typeof cause === 'object' && cause !== null && 'message' in cause;
}
