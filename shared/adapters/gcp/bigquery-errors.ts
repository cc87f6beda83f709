import { z } from 'zod';
import { type FailureKind, PhasegateError } from '../../core/errors.ts';

const apiError = z.object({
  message: z.string().default('BigQuery failed without a message'),
  code: z.union([z.number(), z.string()]).optional(),
  errors: z.array(z.object({ reason: z.string().optional() })).optional(),
});

const KIND_OF_REASON: Readonly<Record<string, FailureKind>> = {
  invalidQuery: 'invalid-query',
  bytesBilledLimitExceeded: 'invalid-query',
  billingTierLimitExceeded: 'invalid-query',
  responseTooLarge: 'invalid-query',
  resourcesExceeded: 'invalid-query',
  invalid: 'invalid-input',
  accessDenied: 'invalid-query',
  notFound: 'not-found',
  duplicate: 'conflict',
};

/** A right that is missing is no fault of the message at hand, which is to come again: never `invalid-input`. */
const KIND_OF_STATUS: Readonly<Record<string, FailureKind>> = {
  400: 'invalid-input',
  403: 'invalid-query',
  404: 'not-found',
  409: 'conflict',
};

/** What the official client threw, by BigQuery's reason or the HTTP status; never by its message. */
export function fromBigQuery(error: unknown): PhasegateError {
  if (error instanceof PhasegateError) return error;
  const { success, data } = apiError.safeParse(error);
  if (!success) return new PhasegateError('bug', String(error), error);
  const [first] = data.errors ?? [];
  const kind = KIND_OF_REASON[first?.reason ?? ''] ?? kindOfStatus(data.code, first?.reason);
  return new PhasegateError(kind, data.message, error);
}

/**
 * Whether BigQuery refused because a quota is used up until it refills: https://cloud.google.com/bigquery/docs/error-messages.
 * Not `rateLimitExceeded`, which passes in a moment.
 */
export function isOverQuota(error: unknown): boolean {
  const { success, data } = apiError.safeParse(error instanceof Error ? error.cause : error);
  return success && data.errors?.[0]?.reason === 'quotaExceeded';
}

function kindOfStatus(code: number | string | undefined, reason: string | undefined): FailureKind {
  if (reason !== undefined) return 'unavailable';
  return KIND_OF_STATUS[String(code)] ?? 'unavailable';
}
