import { type DaySet, daySetOf, hasDay } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import type { Table } from '../core/pipeline.ts';
import type { DayProfile, TableProfile } from '../core/profile.ts';
import type { DayState, Warehouse } from '../ports/warehouse.ts';
import { acceptedMeasures } from './accepted-measures.ts';
import { scanDays, uniqueKeysOf } from './scan-days.ts';
import { keepProfiles, type StoredDay, storedProfiles } from './stored-profiles.ts';

export type RefreshedProfile = Readonly<{
  profile: TableProfile;
  /** Days that had to be read. */
  daysRead: DaySet;
  bytes: number;
}>;

/**
 * The profile of a table's expected days. Reads only days whose change token differs from the one
 * they were last read under, all of them when the measures changed, and keeps what it read.
 *
 * @param states what the warehouse says of the table's days now
 * @param readingId names this reading; the same id never stores twice
 */
export async function refreshProfile(
  warehouse: Warehouse,
  table: Table,
  expected: DaySet,
  states: readonly DayState[],
  readingId: string,
  now: string,
): Promise<RefreshedProfile> {
  const { measures, refused } = await acceptedMeasures(warehouse, table, expected);
  const key = { table: table.name, measures, uniqueKeys: uniqueKeysOf(table) };
  const stored = await storedProfiles(warehouse, key, expected);
  const tokens = tokensOf(states, expected);
  const changed = daySetOf(
    [...tokens.keys()].filter((day) => stored.get(day)?.token !== tokens.get(day)),
  );
  const scan = await scanDays(warehouse, table, measures, changed);

  const fresh = new Map<Day, StoredDay>();
  const days = new Map<Day, DayProfile>();
  for (const [day, token] of tokens) {
    const scanned = scan.days.get(day);
    if (scanned !== undefined) fresh.set(day, { token, profile: scanned });
    const profile = scanned ?? stored.get(day)?.profile;
    if (profile !== undefined) days.set(day, profile);
  }
  if (scan.refused.size === 0) await keepProfiles(warehouse, key, fresh, readingId, now);
  const undated = states.filter((state) => state.day === null);
  const rowsWithoutDay = undated.reduce((sum, state) => sum + state.rows, 0);
  return {
    profile: {
      table: table.name,
      days,
      rowsWithoutDay,
      refused: new Map([...refused, ...scan.refused]),
    },
    daysRead: changed,
    bytes: scan.bytes,
  };
}

function tokensOf(states: readonly DayState[], expected: DaySet): ReadonlyMap<Day, string> {
  return new Map(
    states.flatMap(({ day, changedAt, rows }) =>
      day !== null && rows > 0 && hasDay(expected, day)
        ? [[day, `${changedAt}/${rows}`] as const]
        : [],
    ),
  );
}
