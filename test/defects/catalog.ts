import { arithmetic } from './catalog/arithmetic.ts';
import { calendar } from './catalog/calendar.ts';
import { doubled } from './catalog/doubled.ts';
import { emptyColumns } from './catalog/empty-columns.ts';
import { ids } from './catalog/ids.ts';
import { jobs } from './catalog/jobs.ts';
import { leaks } from './catalog/leaks.ts';
import { missing } from './catalog/missing.ts';
import { overTime } from './catalog/over-time.ts';
import { quality } from './catalog/quality.ts';
import { refused } from './catalog/refused.ts';
import { shape } from './catalog/shape.ts';
import { stale } from './catalog/stale.ts';
import { wrongValues } from './catalog/wrong-values.ts';
import type { Defect } from './defect.ts';

/** Everything that must be caught. */
export const DEFECTS: readonly Defect[] = [
  ...missing,
  ...emptyColumns,
  ...wrongValues,
  ...shape,
  ...doubled,
  ...ids,
  ...arithmetic,
  ...calendar,
  ...stale,
  ...quality,
  ...overTime,
  ...leaks,
  ...jobs,
  ...refused,
];
