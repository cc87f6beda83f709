import { type DaySet, daySetOf } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import { fingerprint } from '../core/fingerprint.ts';
import type { TableName } from '../core/ids.ts';
import { type Pipeline, sourceNamed } from '../core/pipeline.ts';
import type { Changes } from '../core/stale.ts';
import type { DayState } from '../ports/warehouse.ts';

export function statesByTable(
  states: readonly DayState[],
): ReadonlyMap<TableName, readonly DayState[]> {
  return new Map(Map.groupBy(states, (state) => state.table));
}

/** Days that have rows. */
export function daysFilled(states: readonly DayState[]): DaySet {
  return daySetOf(states.flatMap(({ day, rows }) => (day !== null && rows > 0 ? [day] : [])));
}

export function rowsByDay(states: readonly DayState[]): ReadonlyMap<Day, number> {
  return new Map(states.flatMap(({ day, rows }) => (day === null ? [] : [[day, rows] as const])));
}

export function changedAt(states: readonly DayState[]): ReadonlyMap<Day, string> {
  return new Map(
    states.flatMap(({ day, changedAt: at }) => (day === null ? [] : [[day, at] as const])),
  );
}

/** A source without days changes as a whole: everything that reads it may be stale. */
export function changesOf(
  pipeline: Pipeline,
  name: TableName,
  states: readonly DayState[],
): Changes {
  const isWhole = sourceNamed(pipeline, name)?.dayColumn === null;
  return isWhole ? { whole: states[0]?.changedAt ?? '' } : changedAt(states);
}

/** Names what these relations hold now: asked again while it is the same, a statement gives the same answer. */
export function versionOf(
  states: ReadonlyMap<TableName, readonly DayState[]>,
  names: readonly TableName[],
): string {
  const all = names.flatMap((name) => states.get(name) ?? []);
  return fingerprint(all.map((each) => Object.values(each).join('/')).join());
}
