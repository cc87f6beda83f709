import { z } from 'zod';
import { checkDocument, shareFields, shareOf, thresholdsOf, wholeFields } from './document.ts';
import { identifier, percent } from './words.ts';

export const pattern = checkDocument(
  'pattern',
  {
    column: identifier,
    pattern: z.string().min(1).describe('RE2, searched for in the text: anchor it with ^ and $'),
    ...shareFields,
    atLeastPercent: percent.default(100),
  },
  (document) => ({
    column: document.column,
    pattern: document.pattern,
    ...shareOf(document),
  }),
);

export const dayInId = checkDocument(
  'day-in-id',
  {
    column: identifier,
    position: z.int().min(1).default(1).describe('Where its YYYYMMDD begins; 1 is the start'),
    ...wholeFields,
  },
  (document, { day }) => ({
    column: document.column,
    position: document.position,
    day,
    where: null,
    ...thresholdsOf(document),
  }),
);

export const oneDay = checkDocument('one-day', { column: identifier }, ({ column }) => ({
  column,
}));
