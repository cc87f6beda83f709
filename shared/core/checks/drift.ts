import { type DaySet, eachDay } from '../day-set.ts';
import type { TableFacts } from '../judge/facts.ts';
import { numberOf } from '../profile.ts';
import { countWhere, type Measure, measure, quotedColumn } from '../state-item.ts';
import { type Bins, LOOK_FROM } from '../statistics/drift.ts';
import { kolmogorovSmirnov } from '../statistics/kolmogorov-smirnov.ts';
import { populationStability } from '../statistics/population-stability.ts';
import { type Verdict, worst } from '../verdict.ts';
import { type Compared, judgeAgainst, notCompared } from './against-baseline.ts';
import type { SqlExpression } from './base.ts';
import {
  type AgainstBaseline,
  baselineDays,
  baselineProblems,
  baselineStart,
  promisedAgainst,
} from './baseline.ts';
import { notANumber } from './daily-metric.ts';
import type { CheckKind } from './kind.ts';
import { rounded } from './say-daily-metric.ts';

/**
 * The values of a column fall into fixed bins as they did in the baseline: population stability index
 * and binned Kolmogorov-Smirnov distance, of which the worse decides. From 0.1 on the check warns, from
 * `atMostPsi` (and 0.25 for the distance) on it fails. Below the first edge, above the last and NULL are bins too.
 */
export type DriftCheck = AgainstBaseline &
  Readonly<{
    kind: 'drift';
    column: string;
    where: SqlExpression | null;
    /** Ascending; a value on an edge belongs to the bin above it. */
    edges: readonly number[];
    atMostPsi: number;
  }>;

export const drift: CheckKind<DriftCheck> = {
  isStatistical: true,
  reads: (check) => ({ own: measuresOf(check).map(measure) }),
  columns: ({ column }) => [column],
  promised: promisedAgainst,
  baseline: baselineDays,
  looksBackTo: baselineStart,
  problems: (check, relation, pipeline) => [
    ...notANumber(check.column, relation),
    ...baselineProblems(check, pipeline),
    ...(check.edges.every((edge, at) => at === 0 || edge > check.edges[at - 1]!)
      ? []
      : [`edges ${check.edges.join(', ')} do not ascend`]),
    ...(check.atMostPsi <= LOOK_FROM
      ? [`atMostPsi is ${check.atMostPsi}; it warns from ${LOOK_FROM} on, so accepted: more`]
      : []),
  ],
  judge: (check, facts, days) => {
    const what = `${check.column}${check.where === null ? '' : ` where ${check.where}`}`;
    const expected = `PSI < ${LOOK_FROM} (fails from ${check.atMostPsi} on)`;
    const compare = (now: DaySet, before: DaySet) => comparedOf(check, facts, now, before);
    return judgeAgainst(check, facts, days, what, expected, compare);
  },
};

function comparedOf(check: DriftCheck, facts: TableFacts, now: DaySet, before: DaySet): Compared {
  const old = binsOn(check, facts, before);
  const fresh = binsOn(check, facts, now);
  const index = populationStability(old, fresh);
  const distance = kolmogorovSmirnov(old, fresh);
  if (index.kind === 'not-enough') return notCompared(index.reason);
  if (distance.kind === 'not-enough') return notCompared(distance.reason);
  const bad: Verdict =
    index.distance >= check.atMostPsi || distance.level === 'act' ? 'FAIL' : 'PASS';
  const odd: Verdict = index.level !== 'nothing' || distance.level !== 'nothing' ? 'WARN' : 'PASS';
  const verdict = worst([bad, odd]);
  return {
    verdict,
    observed: `PSI ${rounded(index.distance)}, KS ${rounded(distance.distance)}; ${mostMoved(check, old, fresh)}`,
    days: verdict === 'PASS' ? [] : now,
  };
}

/** One measure a bin, in the order of the values, NULLs last. NaN is above everything. */
function measuresOf({ column, where, edges }: DriftCheck): readonly Measure[] {
  const x = quotedColumn(column);
  const bins = [
    `${x} < ${edges[0]}`,
    ...edges.slice(1).map((edge, at) => `${x} >= ${edges[at]} AND ${x} < ${edge}`),
    `NOT (${x} < ${edges.at(-1)})`,
    `${x} IS NULL`,
  ];
  return bins.map((bin) => countWhere(where === null ? bin : `(${where}) AND (${bin})`));
}

function namesOf({ edges }: DriftCheck): readonly string[] {
  return [
    `below ${edges[0]}`,
    ...edges.slice(1).map((edge, at) => `${edges[at]} to ${edge}`),
    `from ${edges.at(-1)} on`,
    'NULL',
  ];
}

function binsOn(check: DriftCheck, { profile }: TableFacts, days: DaySet): Bins {
  const states = [...eachDay(days)].map((day) => profile.days.get(day));
  return measuresOf(check).map((bin) => states.reduce((sum, day) => sum + numberOf(day, bin), 0));
}

/** The bin whose share changed most. */
function mostMoved(check: DriftCheck, old: Bins, now: Bins): string {
  const shares = (bins: Bins) => {
    const rows = bins.reduce((sum, count) => sum + count, 0);
    return bins.map((count) => (100 * count) / rows);
  };
  const before = shares(old);
  const after = shares(now);
  const moved = namesOf(check)
    .map((name, at) => ({ name, from: before[at]!, to: after[at]! }))
    .reduce((most, each) =>
      Math.abs(each.to - each.from) > Math.abs(most.to - most.from) ? each : most,
    );
  return `most: ${moved.name}, ${moved.from.toFixed(1)}% before, ${moved.to.toFixed(1)}% now`;
}
