import type { DaySet } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import { fingerprint } from '../core/fingerprint.ts';
import type { TableName } from '../core/ids.ts';
import type { ItemValue } from '../core/profile.ts';
import type { ItemName } from '../core/state-item.ts';
import { PROFILES } from '../core/system-tables.ts';
import type { Row } from '../ports/warehouse.ts';
import { hullParams } from '../sql/day-filter.ts';
import { quoteTable } from '../sql/quote.ts';
import type { Reader } from './reader.ts';

/** What was read of a day of a relation under one change token. */
export type DayState = Readonly<{
  table: TableName;
  day: Day;
  token: string;
  values: ReadonlyMap<ItemName, ItemValue>;
}>;

/** What is kept from earlier readings. */
export type StoredState = Readonly<{
  /** The value of an item on a day, if it was read under exactly this token. */
  valueOf: (table: TableName, day: Day, token: string, item: ItemName) => ItemValue | undefined;
}>;

export const NOTHING_STORED: StoredState = { valueOf: () => undefined };

/** Everything kept of these relations on these days, in one statement. */
export async function readStoredState(
  reader: Reader,
  tables: readonly TableName[],
  days: DaySet,
  version: string,
): Promise<StoredState> {
  const names = tables.map((table, index) => [`table${index}`, table] as const);
  if (days.length === 0 || names.length === 0) return NOTHING_STORED;
  const statement = {
    sql: [
      'SELECT table_name, day, token, state',
      `FROM ${quoteTable(PROFILES.name)}`,
      `WHERE day BETWEEN @from0 AND @to0 AND table_name IN (${names.map(([name]) => `@${name}`).join(', ')})`,
      'QUALIFY ROW_NUMBER() OVER (',
      '  PARTITION BY table_name, day, items ORDER BY read_at DESC, token DESC',
      ') = 1',
    ].join('\n'),
    params: {
      ...hullParams(days),
      ...Object.fromEntries(
        names.map(([name, value]) => [name, { type: 'STRING', value } as const]),
      ),
    },
  };
  const rows = await reader.query('state', statement, version);
  const states = new Map<string, Record<string, ItemValue>>();
  for (const row of rows) {
    const key = keyOf(String(row.table_name), String(row.day), String(row.token));
    states.set(key, { ...states.get(key), ...unpack(String(row.state)) });
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
    items: fingerprint([...values.keys()].sort().join('\n')),
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

const shortNames = new Map<ItemName, string>();

/** 48 bits: two items of one table meet in one of 10¹¹ pairs. */
function shortName(item: ItemName): string {
  const known = shortNames.get(item);
  if (known !== undefined) return known;
  const short = fingerprint(item).slice(0, 12);
  shortNames.set(item, short);
  return short;
}
