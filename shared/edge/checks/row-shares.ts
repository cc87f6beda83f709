import { z } from 'zod';
import { complementOf, parsePercent } from '../../core/percent.ts';
import { checkDocument, shareFields, shareOf, thresholdFields } from './document.ts';
import { identifier, percent, sql } from './words.ts';

export const notNull = checkDocument(
  'not-null',
  { column: identifier, ...shareFields },
  (document) => ({ column: document.column, ...shareOf(document) }),
);

export const range = checkDocument(
  'range',
  {
    column: identifier,
    min: z.number().optional().describe('Smallest value; default: none'),
    max: z.number().optional().describe('Largest value; default: none'),
    ...shareFields,
    atLeastPercent: percent.default(100),
  },
  (document) => {
    const { column, min = null, max = null } = document;
    return { column, min, max, ...shareOf(document) };
  },
);

export const categoryShare = checkDocument(
  'category-share',
  {
    column: identifier,
    values: z.array(z.string()).nonempty().describe('All that the column may hold'),
    ...shareFields,
  },
  (document) => ({ column: document.column, values: document.values, ...shareOf(document) }),
);

export const identity = checkDocument(
  'identity',
  {
    left: sql,
    right: sql,
    tolerance: z.number().min(0).default(0).describe('So much the two sides may differ'),
    ...shareFields,
  },
  (document) => {
    const { left, right, tolerance } = document;
    return { left, right, tolerance, ...shareOf(document) };
  },
);

export const productionReady = checkDocument(
  'production-ready',
  {
    tier: identifier.describe('Column of the quality tier'),
    score: identifier.describe('Column of the quality score'),
    issues: identifier.describe('Column of the issues, as text'),
    ...shareFields,
  },
  (document) => {
    const { tier, score, issues } = document;
    return { tier, score, issues, ...shareOf(document) };
  },
);

export const condition = checkDocument(
  'condition',
  { holds: sql, ...shareFields, atLeastPercent: percent.default(100) },
  (document) => ({ holds: document.holds, ...shareOf(document) }),
);

export const fallbackShare = checkDocument(
  'fallback-share',
  {
    column: identifier.describe('Names the source of a row'),
    primary: z.array(z.string()).nonempty().describe('Its values for the primary source'),
    atMostPercent: percent.max(99.999999).describe('Rows from anything else'),
    perDayAtMostPercent: percent
      .optional()
      .describe('The same of each day; default: atMostPercent'),
    where: shareFields.where,
    minimumPopulation: thresholdFields.minimumPopulation,
    minimumPerDay: thresholdFields.minimumPerDay,
  },
  (document) => {
    const { column, primary, where, atMostPercent, minimumPopulation, minimumPerDay } = document;
    const perDayAtMost = document.perDayAtMostPercent ?? atMostPercent;
    return {
      column,
      primary,
      where: where ?? null,
      atLeast: complementOf(parsePercent(atMostPercent)),
      perDay: complementOf(parsePercent(perDayAtMost)),
      minimumPopulation,
      minimumPerDay,
    };
  },
);
