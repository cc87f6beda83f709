import type { Day } from './days.ts';
import type { TableName } from './ids.ts';
import { ID_SEPARATOR, type ItemName } from './state-item.ts';

/** A group of a day: its key (`game/team`), then its values in the order asked for. */
export type GroupRow = readonly [key: string | null, ...values: (number | string | null)[]];

/** As the warehouse gave it: a smallest BOOL is a boolean. */
export type ItemValue = number | string | boolean | null | readonly GroupRow[];

/** What was found on one day. Days add up: counts by sum, id lists by union, groups by listing. */
export type DayProfile = Readonly<{ values: Readonly<Record<ItemName, ItemValue>> }>;

/** Days without rows are absent. */
export type TableProfile = Readonly<{
  table: TableName;
  days: ReadonlyMap<Day, DayProfile>;
  /** Rows whose day is NULL; they never count for any day. */
  rowsWithoutDay: number;
  /** Items that the warehouse refuses, with its reason: their checks are UNKNOWN, their neighbours are not. */
  refused: ReadonlyMap<ItemName, string>;
}>;

export function numberOf(day: DayProfile | undefined, item: ItemName): number {
  return numberOrNull(day, item) ?? 0;
}

/** NULL and an absent day are no number: a minimum of nothing is not 0. */
export function numberOrNull(day: DayProfile | undefined, item: ItemName): number | null {
  const value = day?.values[item];
  return value === null || value === undefined || typeof value === 'object' ? null : Number(value);
}

export function idsOf(day: DayProfile | undefined, item: ItemName): ReadonlySet<string> {
  const list = day?.values[item];
  if (day === undefined || typeof list !== 'string' || list === '') return NO_IDS;
  const known = idSets.get(day)?.get(item);
  if (known !== undefined) return known;
  const ids = new Set(list.split(ID_SEPARATOR));
  const sets = idSets.get(day) ?? new Map<ItemName, ReadonlySet<string>>();
  idSets.set(day, sets.set(item, ids));
  return ids;
}

const NO_IDS: ReadonlySet<string> = new Set();

/** Several checks ask for the ids of one day; a profile never changes. */
const idSets = new WeakMap<DayProfile, Map<ItemName, ReadonlySet<string>>>();

export function groupsOf(day: DayProfile | undefined, item: ItemName): readonly GroupRow[] {
  const rows = day?.values[item];
  return typeof rows === 'object' && rows !== null ? rows : [];
}
