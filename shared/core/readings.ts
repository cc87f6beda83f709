import type { Check } from './check.ts';
import { kindOf } from './checks/kinds.ts';
import { type DaySet, NO_DAYS, subtract, union } from './day-set.ts';
import type { TableName } from './ids.ts';
import type { Relation } from './relation.ts';
import type { Schedule } from './schedule.ts';
import { type ItemName, itemName, measure, ROW_COUNT, type StateItem } from './state-item.ts';

/** What must be known of one relation for a gate, and on which days. */
export type Reading = Readonly<{
  items: readonly StateItem[];
  days: DaySet;
  /** Items that are read on some of the days only. */
  sampled: ReadonlyMap<ItemName, DaySet>;
}>;

/** A relation to judge, and the days looked at: those judged and those that they are compared with. */
export type Judged = Readonly<{
  relation: Relation;
  schedule: Schedule;
  expected: DaySet;
  days: DaySet;
}>;

type Asked = Readonly<{ item: StateItem; sample: DaySet | null }>;

/**
 * Everything that judging these relations reads, by relation: their own state on their days, and
 * what their checks ask of others on the same days.
 */
export function readingsOf(judged: readonly Judged[]): ReadonlyMap<TableName, Reading> {
  const readings = new Map<TableName, { asked: Map<ItemName, Asked>; days: DaySet }>();
  const ask = (name: TableName, items: readonly StateItem[], days: DaySet, sample?: DaySet) => {
    const reading = readings.get(name) ?? { asked: new Map<ItemName, Asked>(), days: NO_DAYS };
    for (const item of items) {
      const before = reading.asked.get(itemName(item));
      const isWhole = sample === undefined || before?.sample === null;
      const both = isWhole ? null : union(sample, before?.sample ?? NO_DAYS);
      reading.asked.set(itemName(item), { item, sample: both });
    }
    reading.days = union(reading.days, days);
    readings.set(name, reading);
  };
  for (const each of judged) {
    const { relation, days } = each;
    ask(relation.name, [measure(ROW_COUNT)], days);
    for (const check of relation.checks) {
      const { own, others = [] } = kindOf(check).reads(check);
      ask(relation.name, own, days, sampleOf(check, each));
      for (const other of others) ask(other.relation, other.items, days);
    }
  }
  return new Map(
    [...readings].map(([name, { asked, days }]) => [
      name,
      {
        items: [...asked.values()].map(({ item }) => item),
        days,
        sampled: new Map(
          [...asked].flatMap(([item, { sample }]) => (sample ? [[item, sample]] : [])),
        ),
      },
    ]),
  );
}

/** The judged days and those that they are compared with are sampled each for themselves. */
function sampleOf(
  check: Check,
  { relation: table, schedule, expected, days }: Judged,
): DaySet | undefined {
  const { sample } = kindOf(check);
  if (sample === undefined) return undefined;
  const of = (some: DaySet) => sample(check, { schedule, table }, some);
  return union(of(expected), of(subtract(days, expected)));
}

/** Relations whose row counts a day these checks ask for; they come from the warehouse's own books. */
export function rowCountsOf(relation: Relation): readonly TableName[] {
  return relation.checks.flatMap((check) => kindOf(check).reads(check).rowsOf ?? []);
}
