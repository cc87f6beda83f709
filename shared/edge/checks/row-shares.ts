import { z } from 'zod';
import { checkDocument, shareFields, shareOf } from './document.ts';
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
    min: z.number().optional(),
    max: z.number().optional(),
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
  { column: identifier, values: z.array(z.string()).nonempty(), ...shareFields },
  (document) => ({ column: document.column, values: document.values, ...shareOf(document) }),
);

export const identity = checkDocument(
  'identity',
  { left: sql, right: sql, tolerance: z.number().min(0).default(0), ...shareFields },
  (document) => {
    const { left, right, tolerance } = document;
    return { left, right, tolerance, ...shareOf(document) };
  },
);

export const productionReady = checkDocument(
  'production-ready',
  { tier: identifier, score: identifier, issues: identifier, ...shareFields },
  (document) => {
    const { tier, score, issues } = document;
    return { tier, score, issues, ...shareOf(document) };
  },
);
