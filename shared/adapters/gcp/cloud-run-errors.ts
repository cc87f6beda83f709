import { z } from 'zod';
import { PhasegateError } from '../../core/errors.ts';

/** https://grpc.io/docs/guides/status-codes/ */
const INVALID_ARGUMENT = 3;
const NOT_FOUND = 5;
/** Who gets one of these from a call that starts something knows that it started nothing. */
const NOTHING_DONE: readonly number[] = [INVALID_ARGUMENT, NOT_FOUND, 7, 8, 9, 12, 16];

const apiError = z.object({ code: z.number() });

/** The gRPC status of what the official client threw; null where it is none. */
function statusOf(error: unknown): number | null {
  const { success, data } = apiError.safeParse(error);
  return success ? data.code : null;
}

export function isNotFound(error: unknown): boolean {
  return statusOf(error) === NOT_FOUND;
}

/** Whether a call that failed so has certainly started nothing. An answer that was lost, late or 5xx says nothing. */
export function hasStartedNothing(error: unknown): boolean {
  return NOTHING_DONE.includes(statusOf(error) ?? -1);
}

/** Rights and quotas may change and networks recover: only a request that makes no sense can never be granted. */
export function refusedStart(job: string, error: unknown): PhasegateError {
  switch (statusOf(error)) {
    case INVALID_ARGUMENT:
      return fromCloudRun('invalid-input', `Cloud Run refuses to run job ${job}`, error);
    case NOT_FOUND:
      return fromCloudRun('invalid-input', `Cloud Run has no job ${job}: deploy it`, error);
    default:
      return unavailable(`job ${job} was not started`, error);
  }
}

export function unavailable(what: string, error: unknown): PhasegateError {
  return error instanceof PhasegateError ? error : fromCloudRun('unavailable', what, error);
}

function fromCloudRun(
  kind: 'invalid-input' | 'unavailable',
  what: string,
  error: unknown,
): PhasegateError {
  const why = error instanceof Error ? error.message : String(error);
  return new PhasegateError(kind, `${what}: ${why}`, error);
}
