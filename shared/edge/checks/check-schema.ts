import { z } from 'zod';
import type { Check } from '../../core/check.ts';
import { dayCoverage, distinctGames, grainCoverage, unique } from './completeness.ts';
import type { CheckPlace } from './document.ts';
import { rowCount } from './row-count.ts';
import { categoryShare, identity, notNull, productionReady, range } from './row-shares.ts';

/** A check as the file writes it. */
export const checkSchema = z.discriminatedUnion('kind', [
  categoryShare.schema,
  dayCoverage.schema,
  distinctGames.schema,
  grainCoverage.schema,
  identity.schema,
  notNull.schema,
  productionReady.schema,
  range.schema,
  rowCount.schema,
  unique.schema,
]);

const BUILD: Readonly<Record<Check['kind'], (document: never, place: CheckPlace) => Check>> = {
  'category-share': categoryShare.build,
  'day-coverage': dayCoverage.build,
  'distinct-games': distinctGames.build,
  'grain-coverage': grainCoverage.build,
  identity: identity.build,
  'not-null': notNull.build,
  'production-ready': productionReady.build,
  range: range.build,
  'row-count': rowCount.build,
  unique: unique.build,
};

/** Turns a check that the schema accepted into the value that is judged. */
export function buildCheck(document: z.output<typeof checkSchema>, place: CheckPlace): Check {
  return BUILD[document.kind](document as never, place);
}
