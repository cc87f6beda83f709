import type { Check } from '../check.ts';
import { agreement } from './agreement.ts';
import { categoryShare } from './category-share.ts';
import { condition } from './condition.ts';
import { dayCoverage } from './day-coverage.ts';
import { dayInId } from './day-in-id.ts';
import { daysSucceeded } from './days-succeeded.ts';
import { distinctGames } from './distinct-games.ts';
import { distribution } from './distribution.ts';
import { drift } from './drift.ts';
import { fallbackShare } from './fallback-share.ts';
import { freshness } from './freshness.ts';
import { grainCoverage } from './grain-coverage.ts';
import { groupCondition } from './group-condition.ts';
import { groupIdentity } from './group-identity.ts';
import { identity } from './identity.ts';
import type { CheckKind } from './kind.ts';
import { layerCoverage } from './layer-coverage.ts';
import { lifecycle } from './lifecycle.ts';
import { metric } from './metric.ts';
import { notNull } from './not-null.ts';
import { oneDay } from './one-day.ts';
import { outliers } from './outliers.ts';
import { pattern } from './pattern.ts';
import { pointInTime } from './point-in-time.ts';
import { productionReady } from './production-ready.ts';
import { range } from './range.ts';
import { references } from './references.ts';
import { regression } from './regression.ts';
import { rowCount } from './row-count.ts';
import { sql } from './sql.ts';
import { suddenChange } from './sudden-change.ts';
import { trend } from './trend.ts';
import { unique } from './unique.ts';
import { varies } from './varies.ts';
import { written } from './written.ts';

/** Every kind of check by its name in the YAML. A kind that is missing here does not compile. */
const KINDS: { readonly [Kind in Check['kind']]: CheckKind<Extract<Check, { kind: Kind }>> } = {
  agreement,
  'category-share': categoryShare,
  condition,
  'day-coverage': dayCoverage,
  'day-in-id': dayInId,
  'days-succeeded': daysSucceeded,
  'distinct-games': distinctGames,
  distribution,
  drift,
  'fallback-share': fallbackShare,
  freshness,
  'grain-coverage': grainCoverage,
  'group-condition': groupCondition,
  'group-identity': groupIdentity,
  identity,
  'layer-coverage': layerCoverage,
  lifecycle,
  metric,
  'not-null': notNull,
  'one-day': oneDay,
  outliers,
  pattern,
  'point-in-time': pointInTime,
  'production-ready': productionReady,
  range,
  references,
  regression,
  'row-count': rowCount,
  sql,
  'sudden-change': suddenChange,
  trend,
  unique,
  varies,
  written,
};

export const CHECK_KINDS = Object.keys(KINDS) as readonly Check['kind'][];

/** The kind of this check, ready to be asked about it. */
export function kindOf(check: Check): CheckKind<Check> {
  return KINDS[check.kind] as unknown as CheckKind<Check>;
}
