import type { Check } from '../check.ts';
import { categoryShare } from './category-share.ts';
import { dayCoverage } from './day-coverage.ts';
import { distinctGames } from './distinct-games.ts';
import { grainCoverage } from './grain-coverage.ts';
import { identity } from './identity.ts';
import type { CheckKind } from './kind.ts';
import { notNull } from './not-null.ts';
import { productionReady } from './production-ready.ts';
import { range } from './range.ts';
import { rowCount } from './row-count.ts';
import { unique } from './unique.ts';

/** Every kind of check by its name in the YAML. A kind that is missing here does not compile. */
const KINDS: { readonly [Kind in Check['kind']]: CheckKind<Extract<Check, { kind: Kind }>> } = {
  'category-share': categoryShare,
  'day-coverage': dayCoverage,
  'distinct-games': distinctGames,
  'grain-coverage': grainCoverage,
  identity,
  'not-null': notNull,
  'production-ready': productionReady,
  range,
  'row-count': rowCount,
  unique,
};

export const CHECK_KINDS = Object.keys(KINDS) as readonly Check['kind'][];

/** The kind of this check, ready to be asked about it. */
export function kindOf(check: Check): CheckKind<Check> {
  return KINDS[check.kind] as unknown as CheckKind<Check>;
}
