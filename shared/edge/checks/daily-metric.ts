import { z } from 'zod';
import type { DailyMetric } from '../../core/checks/daily-metric.ts';
import { count, identifier, sql } from './words.ts';

const where = sql.optional().describe('Which rows are eligible; default: all');

/** One number a day, and so its unit: percent, the column's, or rows. */
export const metric = z
  .union([
    z.strictObject({
      share: z
        .strictObject({ holds: sql, where })
        .describe('Percent of the eligible rows on which it holds'),
    }),
    z.strictObject({ mean: identifier.describe('Mean of a column, without NULLs'), where }),
    z.strictObject({
      rowsPerGame: z.literal(true).describe('Rows of a day per final game of it'),
    }),
  ])
  .describe('One number a day: a share in percent, the mean of a column, or rows per game');

export function metricOf(document: z.output<typeof metric>): DailyMetric {
  if ('share' in document) {
    return { of: 'share', holds: document.share.holds, where: document.share.where ?? null };
  }
  if ('mean' in document) {
    return { of: 'mean', column: document.mean, where: document.where ?? null };
  }
  return { of: 'rows-per-game' };
}

/** @param least what the range must have of expected days unless the file says otherwise */
export function daysFrom(least: number) {
  return count
    .min(1)
    .default(least)
    .describe('On a range with fewer expected days the check does not apply');
}
