import { z } from 'zod';
import type { Check } from '../../core/check.ts';
import { drift, regression } from './against-baseline.ts';
import { pointInTime, sql } from './asked-alone.ts';
import { agreement, layerCoverage, references } from './between-relations.ts';
import { dayCoverage, distinctGames, grainCoverage, unique } from './completeness.ts';
import { type CheckPlace, underDaily } from './document.ts';
import { groupCondition, groupIdentity } from './groups.ts';
import { dayInId, oneDay, pattern } from './id-forms.ts';
import { distribution, outliers, suddenChange, trend, varies } from './over-days.ts';
import { rowCount } from './row-count.ts';
import {
  categoryShare,
  condition,
  fallbackShare,
  identity,
  notNull,
  productionReady,
  range,
} from './row-shares.ts';
import { daysSucceeded, freshness, lifecycle, metric, written } from './runs.ts';

/** A check as the file writes it. */
export const checkSchema = z.discriminatedUnion('kind', [
  agreement.schema,
  categoryShare.schema,
  condition.schema,
  dayCoverage.schema,
  dayInId.schema,
  daysSucceeded.schema,
  distinctGames.schema,
  distribution.schema,
  drift.schema,
  fallbackShare.schema,
  freshness.schema,
  grainCoverage.schema,
  groupCondition.schema,
  groupIdentity.schema,
  identity.schema,
  layerCoverage.schema,
  lifecycle.schema,
  metric.schema,
  notNull.schema,
  oneDay.schema,
  outliers.schema,
  pattern.schema,
  pointInTime.schema,
  productionReady.schema,
  range.schema,
  references.schema,
  regression.schema,
  rowCount.schema,
  sql.schema,
  suddenChange.schema,
  trend.schema,
  unique.schema,
  varies.schema,
  written.schema,
]);

const BUILD: Readonly<Record<Check['kind'], (document: never, place: CheckPlace) => Check>> = {
  agreement: agreement.build,
  'category-share': categoryShare.build,
  condition: condition.build,
  'day-coverage': dayCoverage.build,
  'day-in-id': dayInId.build,
  'days-succeeded': daysSucceeded.build,
  'distinct-games': distinctGames.build,
  distribution: distribution.build,
  drift: drift.build,
  'fallback-share': fallbackShare.build,
  freshness: freshness.build,
  'grain-coverage': grainCoverage.build,
  'group-condition': groupCondition.build,
  'group-identity': groupIdentity.build,
  identity: identity.build,
  'layer-coverage': layerCoverage.build,
  lifecycle: lifecycle.build,
  metric: metric.build,
  'not-null': notNull.build,
  'one-day': oneDay.build,
  outliers: outliers.build,
  pattern: pattern.build,
  'point-in-time': pointInTime.build,
  'production-ready': productionReady.build,
  range: range.build,
  references: references.build,
  regression: regression.build,
  'row-count': rowCount.build,
  sql: sql.build,
  'sudden-change': suddenChange.build,
  trend: trend.build,
  unique: unique.build,
  varies: varies.build,
  written: written.build,
};

type CheckDocument = z.output<typeof checkSchema>;

/** Turns a check that the schema accepted into the value that is judged. */
export function buildCheck(document: CheckDocument, place: CheckPlace): Check {
  return BUILD[document.kind](document as never, place);
}

/** The checks as policy `daily` has them, where that says anything else of any of them. */
export function buildDailyChecks(
  documents: readonly CheckDocument[],
  place: CheckPlace,
): Readonly<{ dailyChecks?: readonly Check[] }> {
  if (documents.every(({ daily }) => daily === undefined)) return {};
  const looked = documents.filter(({ daily }) => daily !== false);
  return { dailyChecks: looked.map((each) => buildCheck(underDaily(each), place)) };
}
