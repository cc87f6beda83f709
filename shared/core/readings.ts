import { kindOf } from './checks/kinds.ts';
import { type DaySet, NO_DAYS, union } from './day-set.ts';
import type { TableName } from './ids.ts';
import type { Relation } from './relation.ts';
import { itemName, measure, ROW_COUNT, type StateItem } from './state-item.ts';

/** What must be known of one relation for a gate, and on which days. */
export type Reading = Readonly<{ items: readonly StateItem[]; days: DaySet }>;

/**
 * Everything that judging these relations reads, by relation: their own state on their days, and
 * what their checks ask of others on the same days.
 */
export function readingsOf(
  judged: readonly Readonly<{ relation: Relation; days: DaySet }>[],
): ReadonlyMap<TableName, Reading> {
  const readings = new Map<TableName, { items: Map<string, StateItem>; days: DaySet }>();
  const ask = (name: TableName, items: readonly StateItem[], days: DaySet) => {
    const reading = readings.get(name) ?? { items: new Map<string, StateItem>(), days: NO_DAYS };
    for (const item of items) reading.items.set(itemName(item), item);
    reading.days = union(reading.days, days);
    readings.set(name, reading);
  };
  for (const { relation, days } of judged) {
    ask(relation.name, [measure(ROW_COUNT)], days);
    for (const check of relation.checks) {
      const { own, others = [] } = kindOf(check).reads(check);
      ask(relation.name, own, days);
      for (const other of others) ask(other.relation, other.items, days);
    }
  }
  return new Map(
    [...readings].map(([name, { items, days }]) => [name, { items: [...items.values()], days }]),
  );
}

/** Relations whose row counts a day these checks ask for; they come from the warehouse's own books. */
export function rowCountsOf(relation: Relation): readonly TableName[] {
  return relation.checks.flatMap((check) => kindOf(check).reads(check).rowsOf ?? []);
}
