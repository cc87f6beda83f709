import { z } from 'zod';
import { daysFrom, metric, metricOf } from './daily-metric.ts';
import { checkDocument } from './document.ts';
import { count, identifier, sql } from './words.ts';

/** Fewer values than this have no distribution worth judging. */
const LEAST_VALUES = 30;

/** Below this many days chance alone makes patterns; see the simulations at changeOfMean. */
const LEAST_DAYS = 20;

const ENOUGH = 'With fewer values nothing is shown: UNKNOWN';
const where = sql.optional().describe('Which rows are eligible; default: all');
const size = z.number().positive().describe("In the metric's unit; percentage points for a share");

export const distribution = checkDocument(
  'distribution',
  {
    column: identifier,
    where,
    meanMin: z.number().optional().describe('Of the mean'),
    meanMax: z.number().optional().describe('Of the mean'),
    sdMin: z.number().min(0).optional().describe('Of the standard deviation of the sample'),
    sdMax: z.number().min(0).optional().describe('Of the standard deviation of the sample'),
    minimumPopulation: count.min(2).default(LEAST_VALUES).describe(ENOUGH),
    minimumDays: daysFrom(1),
  },
  ({ column, where: rows, minimumPopulation, minimumDays, ...bounds }) => ({
    column,
    where: rows ?? null,
    mean: { min: bounds.meanMin ?? null, max: bounds.meanMax ?? null },
    standardDeviation: { min: bounds.sdMin ?? null, max: bounds.sdMax ?? null },
    minimumPopulation,
    minimumDays,
  }),
);

export const varies = checkDocument(
  'varies',
  {
    column: identifier,
    where,
    perDay: z.boolean().default(false).describe('On each day, not only over the range'),
    minimumPopulation: count.min(2).default(10).describe(ENOUGH),
    minimumDays: daysFrom(1),
  },
  ({ column, where: rows, perDay, minimumPopulation, minimumDays }) => ({
    column,
    where: rows ?? null,
    perDay,
    minimumPopulation,
    minimumDays,
  }),
);

export const outliers = checkDocument(
  'outliers',
  { metric, minimumDeviation: size, minimumDays: daysFrom(LEAST_DAYS) },
  ({ metric: of, minimumDeviation, minimumDays }) => ({
    metric: metricOf(of),
    minimumDeviation,
    minimumDays,
  }),
);

export const trend = checkDocument(
  'trend',
  { metric, toleranceOverRange: size, minimumDays: daysFrom(LEAST_DAYS) },
  ({ metric: of, toleranceOverRange, minimumDays }) => ({
    metric: metricOf(of),
    toleranceOverRange,
    minimumDays,
  }),
);

export const suddenChange = checkDocument(
  'sudden-change',
  { metric, minimumChange: size, minimumDays: daysFrom(LEAST_DAYS) },
  ({ metric: of, minimumChange, minimumDays }) => ({
    metric: metricOf(of),
    minimumChange,
    minimumDays,
  }),
);
