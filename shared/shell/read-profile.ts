import type { Column } from '../core/column.ts';
import { type DaySet, daySetOf, hasDay, union } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import { fingerprint } from '../core/fingerprint.ts';
import type { TableName } from '../core/ids.ts';
import type { DayProfile, ItemValue, TableProfile } from '../core/profile.ts';
import type { Relation } from '../core/relation.ts';
import { type ItemName, itemName, type StateItem } from '../core/state-item.ts';
import type { DayState as DayToken } from '../ports/warehouse.ts';
import { type Scan, scansOf } from '../sql/scan.ts';
import type { Refused } from './accept-items.ts';
import type { Reader } from './reader.ts';
import { scanDays } from './scan-days.ts';
import type { DayState, ItemText, StoredState } from './stored-state.ts';

export type ProfileRequest = Readonly<{
  relation: Relation;
  items: readonly StateItem[];
  days: DaySet;
  /** Items that are read on some of the days only. */
  sampled: ReadonlyMap<ItemName, DaySet>;
  /** What the warehouse says of the relation's days now. */
  tokens: readonly DayToken[];
  /** The latest change of any day of another relation; the empty text when it never changed. */
  lastChangeOf: (table: TableName) => string;
  /** The columns that the warehouse really has, in its order; null when there is no such table. */
  columns: readonly Column[] | null;
}>;

export type ProfileReading = Readonly<{
  profile: TableProfile;
  /** Days that had to be read. */
  daysRead: DaySet;
  /** What is new and worth keeping. */
  read: readonly DayState[];
}>;

/**
 * The profile of a relation's days. Reads only what is not stored under the day's present change
 * token: every item of a changed day, and of an unchanged one the items that were never read.
 */
export async function readProfile(
  reader: Reader,
  request: ProfileRequest,
  stored: StoredState,
): Promise<ProfileReading> {
  const { relation, items, days } = request;
  const refused: Refused = new Map();
  if (request.columns === null) {
    for (const item of items) refused.set(itemName(item), `there is no table ${relation.name}`);
  }
  const tokens = tokensOf(request.tokens, days);
  const profiles = new Map<Day, Record<ItemName, ItemValue>>();
  for (const day of tokens.keys()) profiles.set(day, {});
  const shape = `#${shapeOf(request.columns ?? [])}`;
  const read = new Map<string, DayState>();
  const daysRead: DaySet[] = [];
  for (const scan of request.columns === null ? [] : scansOf(items)) {
    const tokenOf = (day: Day) =>
      `${tokens.get(day)}${shape}${suffixOf(scan, request.lastChangeOf)}`;
    const texts = textsOf(scan, relation);
    const textOf = (item: ItemName) => texts.get(item) ?? '';
    const missing = new Map<string, { items: readonly StateItem[]; days: Day[] }>();
    for (const [day, values] of profiles) {
      const unread = scan.items.filter((item) => {
        if (!hasDay(request.sampled.get(itemName(item)) ?? days, day)) return false;
        const known = stored.valueOf(relation.name, day, tokenOf(day), textOf(itemName(item)));
        if (known !== undefined) values[itemName(item)] = known;
        return known === undefined;
      });
      if (unread.length === 0) continue;
      const key = unread.map(itemName).join('\n');
      const group = missing.get(key) ?? { items: unread, days: [] };
      group.days.push(day);
      missing.set(key, group);
    }
    for (const group of missing.values()) {
      const set = daySetOf(group.days);
      const version = group.days.map(tokenOf).join();
      const scanned = await scanDays(reader, scan, relation, group.items, set, version, refused);
      daysRead.push(set);
      for (const [day, values] of scanned) {
        Object.assign(profiles.get(day) ?? {}, Object.fromEntries(values));
        const kept = new Map([...values].map(([item, value]) => [textOf(item), value]));
        keep(read, { table: relation.name, day, token: tokenOf(day), values: kept });
      }
    }
  }
  const undated = request.tokens.filter((state) => state.day === null);
  return {
    profile: {
      table: relation.name,
      days: new Map([...profiles].map(([day, values]): [Day, DayProfile] => [day, { values }])),
      rowsWithoutDay: undated.reduce((sum, state) => sum + state.rows, 0),
      refused,
    },
    daysRead: union(...daysRead),
    read: [...read.values()],
  };
}

/** Under what the scan's items are kept; the day is any, for its value is a parameter. */
function textsOf(scan: Scan, relation: Relation): ReadonlyMap<ItemName, ItemText> {
  const day = '2000-01-01' as Day;
  const textOf = (item: StateItem) =>
    scan.statement(relation, [item], [{ from: day, to: day }]).sql;
  return new Map(scan.items.map((item) => [itemName(item), textOf(item)]));
}

/** A column that was renamed changes no row, and so no token; what was read under its name does not hold any more. */
function shapeOf(columns: readonly Column[]): string {
  return fingerprint(columns.map(({ name, type }) => `${name} ${type}`).join());
}

/** Several scans of one day under one token are kept as one state. */
function keep(read: Map<string, DayState>, state: DayState): void {
  const key = `${state.day}/${state.token}`;
  const known = read.get(key);
  const values = new Map([...(known?.values ?? []), ...state.values]);
  if (values.size > 0) read.set(key, { ...state, values });
}

/** A question reads other relations too: their last change is part of what its answer rests on. */
function suffixOf({ items }: Scan, lastChangeOf: (table: TableName) => string): string {
  const [item] = items;
  if (item?.kind !== 'question') return '';
  return item.question.reads.map((table) => `+${lastChangeOf(table)}`).join('');
}

function tokensOf(states: readonly DayToken[], days: DaySet): ReadonlyMap<Day, string> {
  return new Map(
    states.flatMap(({ day, changedAt, rows }) =>
      day !== null && rows > 0 && hasDay(days, day) ? [[day, `${changedAt}/${rows}`] as const] : [],
    ),
  );
}
