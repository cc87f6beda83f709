import type { Day } from '../days.ts';
import type { TableName } from '../ids.ts';
import { judgeShareOf } from '../judge/share-of.ts';
import { idsOf, numberOf } from '../profile.ts';
import { countWhere, distinctIds, joined, measure, ROW_COUNT } from '../state-item.ts';
import type { Base, Thresholds } from './base.ts';
import { otherGroupingProblems, ownGroupingProblems } from './grouping.ts';
import type { CheckKind } from './kind.ts';

/** Every id of a day is there in another relation on that day: no orphans. A row without an id is one. */
export type References = Base &
  Thresholds &
  Readonly<{
    kind: 'references';
    by: readonly string[];
    to: TableName;
    toBy: readonly string[];
    unit: string;
  }>;

export const references: CheckKind<References> = {
  reads: ({ by, to, toBy }) => ({
    own: [measure(ROW_COUNT), measure(named(by)), measure(distinctIds(by))],
    others: [{ relation: to, items: [measure(distinctIds(toBy))] }],
  }),
  columns: ({ by }) => by,
  problems: ({ by, to, toBy }, relation, pipeline) => [
    ...ownGroupingProblems(relation, by),
    ...otherGroupingProblems(pipeline, to, by, toBy),
    ...(to === relation.name && by.join() === toBy.join() ? ['refers to itself'] : []),
  ],
  judge: (check, { profile, others }, days) => {
    const { by, to, toBy, unit } = check;
    const countedOn = (day: Day) => {
      const state = profile.days.get(day);
      if (state === undefined) return null;
      const own = idsOf(state, distinctIds(by));
      const known = idsOf(others.get(to)?.days.get(day), distinctIds(toBy));
      const orphans = [...own].filter((id) => !known.has(id));
      const nameless = numberOf(state, ROW_COUNT) - numberOf(state, named(by));
      return {
        eligible: own.size + nameless,
        holds: own.size - orphans.length,
        breaking: nameless === 0 ? orphans : [...orphans, `a NULL in ${by.join(', ')}`],
      };
    };
    return judgeShareOf(check, days, countedOn, unit, `${by.join(', ')} is in ${to}`);
  },
};

function named(by: readonly string[]): string {
  return countWhere(`${joined(by)} IS NOT NULL`);
}
