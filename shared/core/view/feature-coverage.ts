import { isFilled } from '../checks/not-null.ts';
import { countsOf } from '../checks/row-share.ts';
import type { Day } from '../days.ts';
import type { TableFacts } from '../judge/facts.ts';
import { numberOrNull } from '../profile.ts';

/** On how many of the rows that count (`whole`) a column has a value (`part`), day by day; days of which it is not known are absent. */
export type CoverageSeries = Readonly<{
  name: string;
  days: readonly Readonly<{ day: Day; part: number; whole: number }>[];
}>;

/** Of each column that a table promises to fill, in the order of its checks: the days of the judged range. A column that nobody could count has no days. */
export function featureCoverage(facts: TableFacts): readonly CoverageSeries[] {
  const { table, from, to, profile } = facts;
  const inRange = [...profile.days].filter(([day]) => from <= day && day <= to);
  const days = inRange.sort(([a], [b]) => (a < b ? -1 : 1));
  const series = new Map<string, CoverageSeries>();
  for (const check of table.checks) {
    if (check.kind !== 'not-null') continue;
    const { column, where } = check;
    const name = where === null ? column : `${column} where ${where}`;
    const { population, holds } = countsOf(where, isFilled(column));
    const known = days.flatMap(([day, state]) => {
      const part = numberOrNull(state, holds);
      const whole = numberOrNull(state, population);
      return part === null || whole === null ? [] : [{ day, part, whole }];
    });
    series.set(name, { name, days: known });
  }
  return [...series.values()];
}
