import type { Day } from '../days.ts';
import type { TableName } from '../ids.ts';
import { judgeShareOf } from '../judge/share-of.ts';
import { itemName, type Measure } from '../state-item.ts';
import type { SqlExpression } from './base.ts';
import {
  type Group,
  type Grouping,
  groupsItem,
  otherGroupingProblems,
  ownGroupingProblems,
  readGroups,
} from './grouping.ts';
import type { CheckKind } from './kind.ts';
import { isWithin, spoken } from './tolerance.ts';

/**
 * The same number from two relations, group by group on the same days. A group that only one of them
 * has counts against it, and so does a NULL.
 */
export type Agreement = Grouping &
  Readonly<{
    kind: 'agreement';
    value: Measure;
    with: Readonly<{
      table: TableName;
      by: readonly string[];
      value: Measure;
      where: SqlExpression | null;
    }>;
    tolerance: number;
  }>;

export const agreement: CheckKind<Agreement> = {
  reads: (check) => ({
    own: [ownItem(check)],
    others: [{ relation: check.with.table, items: [otherItem(check)] }],
  }),
  columns: ({ by }) => by,
  problems: (check, relation, pipeline) => [
    ...ownGroupingProblems(relation, check.by),
    ...otherGroupingProblems(pipeline, check.with.table, check.by, check.with.by),
    ...(check.with.table === relation.name &&
    itemName(ownItem(check)) === itemName(otherItem(check))
      ? [`compares ${check.value} with itself`]
      : []),
  ],
  judge: (check, { profile, others }, days) => {
    const other = others.get(check.with.table);
    const countedOn = (day: Day) => {
      const here = profile.days.get(day);
      const there = other?.days.get(day);
      if (here === undefined && there === undefined) return null;
      const own = readGroups(here, ownItem(check));
      const theirs = readGroups(there, otherItem(check));
      return compared(check, own, theirs);
    };
    const { value, with: side, tolerance, by } = check;
    const promise = `${value} = ${side.value} of ${side.table} ± ${tolerance} by ${by.join(', ')}`;
    return judgeShareOf(check, days, countedOn, check.unit, promise);
  },
};

function compared(check: Agreement, own: readonly Group[], theirs: readonly Group[]) {
  const here = numbersByKey(own);
  const there = numbersByKey(theirs);
  const keys = [...new Set([...here.keys(), ...there.keys()])];
  const nameless = [...own, ...theirs].filter(({ key }) => key === null).length;
  const breaking = keys.flatMap((key) => {
    const [left, right] = [here.get(key), there.get(key)];
    if (left === undefined) return [`${key}: none here, ${spoken(right ?? null)} there`];
    if (right === undefined) return [`${key}: ${spoken(left)} here, none there`];
    return isWithin(left, right, check.tolerance)
      ? []
      : [`${key}: ${spoken(left)} here, ${spoken(right)} there`];
  });
  const eligible = keys.length + nameless;
  return {
    eligible,
    holds: keys.length - breaking.length,
    breaking: [...breaking, ...Array(nameless).fill('a group without a name')],
  };
}

function numbersByKey(groups: readonly Group[]): ReadonlyMap<string, number | null> {
  return new Map(
    groups.flatMap(({ key, values: [value = null] }) =>
      key === null ? [] : [[key, value] as const],
    ),
  );
}

function ownItem(check: Agreement) {
  return groupsItem(check, [check.value]);
}

function otherItem({ with: side }: Agreement) {
  return groupsItem(side, [side.value]);
}
