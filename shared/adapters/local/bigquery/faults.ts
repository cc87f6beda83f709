import { type FailureKind, PhasegateError } from '../../../core/errors.ts';

export type Fault = Readonly<{ status: number; reason: string; message: string }>;

const REASONS: Readonly<Record<FailureKind, readonly [status: number, reason: string]>> = {
  'invalid-input': [400, 'invalid'],
  'invalid-query': [400, 'invalidQuery'],
  'not-found': [404, 'notFound'],
  conflict: [409, 'duplicate'],
  unavailable: [503, 'backendError'],
  pending: [503, 'backendError'],
  bug: [500, 'internalError'],
};

/** DuckDB's own classes of trouble that a statement cannot cause by being wrong. */
const OUTSIDE = /^(IO Error|Out of Memory Error|INTERNAL Error|FATAL Error|Interrupt)/;

/** An error in BigQuery's shape: HTTP status, reason, message. */
export function faultOf(error: unknown): Fault {
  const known = asPhasegateError(error);
  const [status, reason] = REASONS[known.kind];
  const own = known.cause instanceof OwnReason ? known.cause.reason : reason;
  return { status, reason: own, message: known.message };
}

/** The refusal of a statement that would be billed for more than its caller allows. */
export function tooExpensive(allowedBytes: number, neededBytes: number): PhasegateError {
  return new PhasegateError(
    'invalid-query',
    `Query exceeded limit for bytes billed: ${allowedBytes}. ${neededBytes} or higher required.`,
    new OwnReason('bytesBilledLimitExceeded'),
  );
}

/** Where BigQuery tells more of a failure than its kind. */
class OwnReason {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** What DuckDB threw while it ran somebody's statement. */
export function asPhasegateError(error: unknown): PhasegateError {
  if (error instanceof PhasegateError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (OUTSIDE.test(message)) return new PhasegateError('unavailable', message, error);
  if (/^[A-Z][A-Za-z ]+ Error: /.test(message)) {
    return new PhasegateError(
      'invalid-query',
      message.replace(/^Invalid Input Error: /, ''),
      error,
    );
  }
  return new PhasegateError('bug', message, error);
}
