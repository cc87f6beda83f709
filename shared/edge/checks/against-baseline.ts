import { z } from 'zod';
import type { Base } from '../../core/checks/base.ts';
import type { AgainstBaseline, Baseline } from '../../core/checks/baseline.ts';
import { parseDaySet } from '../../core/day-set.ts';
import { PhasegateError } from '../../core/errors.ts';
import { daysFrom, metric, metricOf } from './daily-metric.ts';
import { checkDocument } from './document.ts';
import { count, identifier, readableBy, sql } from './words.ts';

/** Shorter windows differ from a season by their opponents alone. */
const LEAST_DAYS = 7;

const fields = {
  baseline: z
    .string()
    .superRefine(readableBy(baselineOf))
    .describe('last-season, same-days-last-season, or a span of days: 2021-10-19..2022-04-10'),
  sinceSeason: z
    .int()
    .optional()
    .describe('The first season that has a baseline; earlier ones are not judged. Default: all'),
  minimumDays: daysFrom(LEAST_DAYS).describe(
    'A season with fewer expected days in the range is not judged',
  ),
};

type Document = z.output<z.ZodObject<typeof fields>>;

export const regression = checkDocument(
  'regression',
  {
    metric,
    ...fields,
    minimumPopulation: count.min(1).default(30).describe('Rows or values that each side needs'),
    minimumChange: z
      .number()
      .min(0)
      .default(0)
      .describe("A mean or rows per game that moves by less is OK; in the metric's unit"),
  },
  (document) => ({
    metric: metricOf(document.metric),
    ...againstBaseline(document),
    minimumPopulation: document.minimumPopulation,
    minimumChange: document.minimumChange,
  }),
);

export const drift = checkDocument(
  'drift',
  {
    column: identifier,
    where: sql.optional().describe('Which rows are eligible; default: all'),
    edges: z.array(z.number()).nonempty().describe('Fixed bin edges, ascending'),
    ...fields,
    atMostPsi: z.number().positive().default(0.25).describe('Fails from here on; warns from 0.1'),
  },
  (document) => ({
    column: document.column,
    where: document.where ?? null,
    edges: document.edges,
    ...againstBaseline(document),
    atMostPsi: document.atMostPsi,
  }),
);

function againstBaseline(document: Document): Omit<AgainstBaseline, keyof Base> {
  return {
    baseline: baselineOf(document.baseline),
    sinceSeason: document.sinceSeason ?? null,
    minimumDays: document.minimumDays,
  };
}

function baselineOf(text: string): Baseline {
  if (text === 'last-season' || text === 'same-days-last-season') return { of: text };
  const [days, ...more] = /^\d/.test(text) ? parseDaySet(text) : [];
  if (days !== undefined && more.length === 0) return { of: 'days', days };
  throw new PhasegateError(
    'invalid-input',
    `is ${JSON.stringify(text)}; accepted: last-season, same-days-last-season, or one span of days a..b`,
  );
}
