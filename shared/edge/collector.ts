import { z } from 'zod';
import { PhasegateError } from '../core/errors.ts';

/** What else an address may hold is a way to tell a secret. */
export const bareAddress = z
  .url({ protocol: /^https?$/, error: 'is not an http address' })
  .refine((text) => /^https?:\/\/[^@?#]+$/.test(text), 'holds more than an address');

/** As https://opentelemetry.io/docs/specs/otel/protocol/exporter/ names them. */
const environmentSchema = z.object({
  OTEL_EXPORTER_OTLP_ENDPOINT: bareAddress.optional(),
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: bareAddress.optional(),
});

/**
 * Where figures are sent to, with its path; null: nowhere.
 *
 * @throws PhasegateError `invalid-input` for what is no address; no value is told
 */
export function readMetricsUrl(
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  const { success, data, error } = environmentSchema.safeParse(environment);
  if (!success) {
    const problems = error.issues.map(({ path, message }) => `${String(path[0])} ${message}`);
    throw new PhasegateError('invalid-input', `the collector: ${problems.join('; ')}`);
  }
  const { OTEL_EXPORTER_OTLP_ENDPOINT: base, OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: whole } = data;
  if (whole !== undefined) return whole;
  return base === undefined ? null : `${base.replace(/\/+$/, '')}/v1/metrics`;
}
