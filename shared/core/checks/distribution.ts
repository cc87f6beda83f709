import { daySetOf } from '../day-set.ts';
import type { Day } from '../days.ts';
import { type Finding, unknown } from '../judge/facts.ts';
import { type DayProfile, numberOf, numberOrNull } from '../profile.ts';
import { type Measure, measure } from '../state-item.ts';
import { type MomentState, mergeMoments, momentsOf, NO_VALUES } from '../statistics/moments.ts';
import type { SqlExpression } from './base.ts';
import { notANumber, valueWhere } from './daily-metric.ts';
import { longEnough, type OverDays } from './day-series.ts';
import type { CheckKind } from './kind.ts';
import { rounded } from './say-daily-metric.ts';

type Band = Readonly<{ min: number | null; max: number | null }>;

/**
 * Mean and standard deviation (of the sample) of a column over the whole range lie within fixed
 * bands, in the column's unit. NULLs are in neither; not-null counts them.
 */
export type Distribution = OverDays &
  Readonly<{
    kind: 'distribution';
    column: string;
    where: SqlExpression | null;
    mean: Band;
    standardDeviation: Band;
    /** Fewer values than this in the range show nothing: UNKNOWN. */
    minimumPopulation: number;
  }>;

export const distribution: CheckKind<Distribution> = {
  reads: (check) => ({ own: Object.values(measuresOf(check)).map(measure) }),
  columns: ({ column }) => [column],
  promised: (check, _facts, days) => longEnough(check, days),
  problems: ({ column, mean, standardDeviation }, relation) => [
    ...notANumber(column, relation),
    ...([mean, standardDeviation].every(isOpen)
      ? ['bounds neither the mean nor the standard deviation, so it could never fail']
      : []),
    ...bandProblems('mean', mean),
    ...bandProblems('sd', standardDeviation),
  ],
  judge: (check, { profile }, days) => {
    const states = days.map((day) => ({ day, state: stateOf(check, profile.days.get(day)) }));
    const moments = momentsOf(mergeMoments(states.map(({ state }) => state)));
    const name = `${check.column}${check.where === null ? '' : ` where ${check.where}`}`;
    if (moments.kind === 'not-enough') return unknown(`${name}: ${moments.reason}`);
    const { n, mean, standardDeviation } = moments;
    if (n < check.minimumPopulation) {
      return unknown(`${name}: only ${n} values, at least ${check.minimumPopulation} are needed`);
    }
    const sd = typeof standardDeviation === 'number' ? standardDeviation : null;
    const observed = `mean ${rounded(mean)}, sd ${sd === null ? 'unknown' : rounded(sd)} of ${n} values`;
    const finding = { observed, expected: bandsOf(check) };
    if (typeof standardDeviation !== 'number' && !isOpen(check.standardDeviation)) {
      return { ...unknown(`${name}: ${standardDeviation.reason}`), ...finding };
    }
    const holds =
      isWithin(mean, check.mean) && (sd === null || isWithin(sd, check.standardDeviation));
    return {
      ...finding,
      verdict: holds ? 'PASS' : 'FAIL',
      days: holds ? [] : daySetOf(offDays(check, states)),
      message: `${name}: ${observed}; expected ${finding.expected}`,
    } satisfies Finding;
  },
};

/** The days whose own mean lies outside its band; every day with values when none does. */
function offDays(
  { mean: band }: Distribution,
  states: readonly Readonly<{ day: Day; state: MomentState }>[],
): readonly Day[] {
  const filled = states.filter(({ state }) => state.n > 0);
  const off = filled.filter(({ state }) => !isWithin(state.sum / state.n, band));
  return (off.length > 0 ? off : filled).map(({ day }) => day);
}

function measuresOf({ column, where }: Distribution): Readonly<Record<keyof MomentState, Measure>> {
  const value = valueWhere(column, where);
  const number = `CAST(${value} AS FLOAT64)`;
  return {
    n: `COUNT(${value})`,
    sum: `SUM(${number})`,
    sumOfSquares: `SUM(${number} * ${number})`,
    min: `MIN(${number})`,
    max: `MAX(${number})`,
  };
}

function stateOf(check: Distribution, day: DayProfile | undefined): MomentState {
  const { n, sum, sumOfSquares, min, max } = measuresOf(check);
  if (numberOf(day, n) === 0) return NO_VALUES;
  return {
    n: numberOf(day, n),
    sum: numberOf(day, sum),
    sumOfSquares: numberOf(day, sumOfSquares),
    min: numberOrNull(day, min),
    max: numberOrNull(day, max),
  };
}

function isWithin(value: number, { min, max }: Band): boolean {
  return (min === null || value >= min) && (max === null || value <= max);
}

function isOpen({ min, max }: Band): boolean {
  return min === null && max === null;
}

function bandProblems(name: string, { min, max }: Band): readonly string[] {
  return min !== null && max !== null && min > max
    ? [`${name}Min ${min} is above ${name}Max ${max}, so it could never hold`]
    : [];
}

function bandsOf({ mean, standardDeviation }: Distribution): string {
  const bands = { mean, sd: standardDeviation };
  return Object.entries(bands)
    .filter(([, band]) => !isOpen(band))
    .map(([name, { min, max }]) => `${name} in [${min ?? '-∞'}, ${max ?? '∞'}]`)
    .join(' and ');
}
