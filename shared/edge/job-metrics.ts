import { z } from 'zod';
import { PhasegateError } from '../core/errors.ts';
import { metricName } from './checks/words.ts';

/** Numbers that a job publishes about itself: `{"mae": 4.19}`. */
export const metricsSchema = z
  .record(metricName, z.number())
  .refine((metrics) => Object.keys(metrics).length <= 100, { error: 'at most 100 metrics' });

/**
 * What a job wrote into the file behind PHASEGATE_METRICS_URI.
 *
 * @throws PhasegateError `invalid-input` naming what is wrong; then none of them is taken
 */
export function readJobMetrics(text: string): Readonly<Record<string, number>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new PhasegateError('invalid-input', 'its metrics are not JSON', error);
  }
  const result = metricsSchema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    (issue) => `${issue.path.join('.') || 'the document'}: ${issue.message}`,
  );
  throw new PhasegateError(
    'invalid-input',
    `its metrics were refused: ${problems.join('; ')}; accepted: {"mae": 4.19}`,
  );
}
