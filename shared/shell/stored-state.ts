import type { Day } from '../core/days.ts';
import { fingerprint } from '../core/fingerprint.ts';
import type { TableName } from '../core/ids.ts';
import type { ItemValue } from '../core/profile.ts';
import type { Row } from '../ports/warehouse.ts';

/**
 * The statement that reads an item by itself. What was read is kept under it: asked for in other
 * words, by a later release say, it is read again.
 */
export type ItemText = string;

/** What was read of a day of a relation under one change token. */
export type DayState = Readonly<{
  table: TableName;
  day: Day;
  token: string;
  values: ReadonlyMap<ItemText, ItemValue>;
}>;

/** What is kept from earlier readings. */
export type StoredState = Readonly<{
  /** The value of an item on a day, if it was read under exactly this token. */
  valueOf: (table: TableName, day: Day, token: string, item: ItemText) => ItemValue | undefined;
}>;

/** What is kept of earlier readings, from rows of `keptQuery` that are a `state`. */
export function storedStateOf(rows: readonly Row[]): StoredState {
  const states = new Map<string, Record<string, ItemValue>>();
  for (const row of rows) {
    const key = keyOf(String(row.table_name), String(row.day), String(row.name));
    states.set(key, { ...states.get(key), ...unpack(String(row.body)) });
  }
  return {
    valueOf: (table, day, token, item) => states.get(keyOf(table, day, token))?.[shortName(item)],
  };
}

/** Rows of `phasegate.profiles` that keep these states. */
export function stateRows(states: readonly DayState[], readAt: string): readonly Row[] {
  return states.map(({ table, day, token, values }) => ({
    table_name: table,
    day,
    items: fingerprint([...values.keys()].map(shortName).sort().join()),
    token,
    state: JSON.stringify(
      Object.fromEntries([...values].map(([item, value]) => [shortName(item), value])),
    ),
    read_at: readAt,
  }));
}

function unpack(text: string): Record<string, ItemValue> {
  return JSON.parse(text) as Record<string, ItemValue>;
}

function keyOf(table: string, day: string, token: string): string {
  return `${table}/${day}/${token}`;
}

const shortNames = new Map<ItemText, string>();

/** 48 bits: two items of one table meet in one of 10¹¹ pairs. */
function shortName(item: ItemText): string {
  const known = shortNames.get(item);
  if (known !== undefined) return known;
  const short = fingerprint(item).slice(0, 12);
  shortNames.set(item, short);
  return short;
}
