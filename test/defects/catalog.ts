import { emptyColumns } from './catalog/empty-columns.ts';
import { missing } from './catalog/missing.ts';
import { shape } from './catalog/shape.ts';
import { wrongValues } from './catalog/wrong-values.ts';
import type { Defect } from './defect.ts';

/** Everything that must be caught. */
export const DEFECTS: readonly Defect[] = [...missing, ...emptyColumns, ...wrongValues, ...shape];
