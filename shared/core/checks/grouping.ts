import type { TableName } from '../ids.ts';
import type { Pipeline } from '../pipeline.ts';
import { unknownColumns } from '../problem.ts';
import { type DayProfile, groupsOf } from '../profile.ts';
import { type Relation, relationNamed } from '../relation.ts';
import { itemName, type Measure, type StateItem } from '../state-item.ts';
import type { Base, SqlExpression, Thresholds } from './base.ts';

/** Rows of a day taken together by columns, and what such a group is called, in the plural. */
export type Grouping = Base &
  Thresholds &
  Readonly<{ by: readonly string[]; where: SqlExpression | null; unit: string }>;

/** A group of a day: `20220101_LAL_BOS/LAL`, or null when a column that groups is NULL. */
export type Group = Readonly<{ key: string | null; values: readonly (number | null)[] }>;

export function groupsItem(
  { by, where }: Readonly<{ by: readonly string[]; where: SqlExpression | null }>,
  values: readonly Measure[],
): StateItem {
  return { kind: 'groups', by, where, values };
}

export function readGroups(day: DayProfile | undefined, item: StateItem): readonly Group[] {
  return groupsOf(day, itemName(item)).map(([key, ...values]) => ({
    key,
    values: values.map((value) => (typeof value === 'number' ? value : null)),
  }));
}

/** What makes these columns of its own unfit to name its groups or units. */
export function ownGroupingProblems(relation: Relation, by: readonly string[]): readonly string[] {
  return notTexts(relation, by).map((problem) => `by: ${problem}`);
}

/** What makes the columns of another relation unfit to name the same units as `by` does. */
export function otherGroupingProblems(
  pipeline: Pipeline,
  name: TableName,
  by: readonly string[],
  otherBy: readonly string[],
): readonly string[] {
  const other = relationNamed(pipeline, name);
  if (other === undefined) return [];
  return [
    ...(by.length === otherBy.length
      ? []
      : [
          `compares ${by.join(', ')} with ${otherBy.join(', ')} of ${name}; accepted: as many columns on both sides`,
        ]),
    ...unknownColumns(other.columns, otherBy).map((problem) => `${name}: ${problem}`),
    ...notTexts(other, otherBy).map((problem) => `${name}: ${problem}`),
  ];
}

function notTexts({ columns }: Relation, by: readonly string[]): readonly string[] {
  return columns
    .filter(({ name, type }) => by.includes(name) && type !== 'STRING')
    .map(({ name, type }) => `column ${name} is ${type}; accepted: STRING columns`);
}
