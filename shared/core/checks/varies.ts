import { daySetOf } from '../day-set.ts';
import type { Day } from '../days.ts';
import { unknown } from '../judge/facts.ts';
import { type ItemValue, numberOf } from '../profile.ts';
import { measure } from '../state-item.ts';
import type { SqlExpression } from './base.ts';
import { valueWhere } from './daily-metric.ts';
import { longEnough, type OverDays } from './day-series.ts';
import type { CheckKind } from './kind.ts';

/**
 * A column is not one constant: some two of its values differ over the range, or on each day that has
 * enough values. NULLs are no value.
 */
export type Varies = OverDays &
  Readonly<{
    kind: 'varies';
    column: string;
    where: SqlExpression | null;
    perDay: boolean;
    /** Fewer values than this, in the range or on a day, show nothing. */
    minimumPopulation: number;
  }>;

type Extremes = Readonly<{ day: Day; count: number; least: ItemValue; most: ItemValue }>;

export const varies: CheckKind<Varies> = {
  reads: (check) => ({ own: measuresOf(check).map(measure) }),
  columns: ({ column }) => [column],
  promised: (check, _facts, days) => longEnough(check, days),
  problems: ({ column }, { columns }) => {
    const type = columns.find(({ name }) => name === column)?.type;
    return type === 'JSON' || type === 'ARRAY<STRING>'
      ? [`column ${column} is ${type}, which has no smallest and no largest value`]
      : [];
  },
  judge: (check, { profile }, days) => {
    const [count = '', least = '', most = ''] = measuresOf(check);
    const name = `${check.column}${check.where === null ? '' : ` where ${check.where}`}`;
    const filled = days.flatMap((day): Extremes[] => {
      const state = profile.days.get(day);
      const values = numberOf(state, count);
      if (state === undefined || values === 0) return [];
      const { [least]: low = null, [most]: high = null } = state.values;
      return [{ day, count: values, least: low, most: high }];
    });
    const expected = `more than one value${check.perDay ? ' on each day' : ''}`;
    const total = filled.reduce((sum, each) => sum + each.count, 0);
    const judged = check.perDay
      ? filled.filter((each) => each.count >= check.minimumPopulation).map((each) => [each])
      : total >= check.minimumPopulation
        ? [filled]
        : [];
    if (judged.length === 0) {
      const reason =
        total === 0 ? 'every value is NULL or no row is there' : `only ${total} values`;
      const needed = `at least ${check.minimumPopulation} are needed${check.perDay ? ' on a day' : ''}`;
      return { ...unknown(`${name}: ${reason}, ${needed}`), expected };
    }
    const constant = judged.filter(isConstant);
    const values = [...new Set(constant.map(([first]) => JSON.stringify(first?.least)))];
    const one = values.length > 1 ? `one value, e.g. ${values[0]},` : values[0];
    const where = check.perDay ? ` on ${constant.length} of ${judged.length} days` : '';
    const enough = check.perDay
      ? `; ${judged.length} of ${days.length} days have enough of them to tell`
      : '';
    const observed =
      constant.length === 0 ? `${total} values, not all the same` : `always ${one}${where}`;
    return {
      verdict: constant.length === 0 ? 'PASS' : 'FAIL',
      observed,
      expected,
      days: daySetOf(constant.flat().map(({ day }) => day)),
      message: `${name}: ${observed}, of ${total} values on ${filled.length} days${enough}`,
    };
  },
};

function measuresOf({ column, where }: Varies): readonly string[] {
  const value = valueWhere(column, where);
  return [`COUNT(${value})`, `MIN(${value})`, `MAX(${value})`];
}

/** All smallest and all largest values are one and the same: equality needs no order of types. */
function isConstant(days: readonly Extremes[]): boolean {
  return new Set(days.flatMap(({ least, most }) => [least, most])).size === 1;
}
