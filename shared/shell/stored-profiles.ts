import type { DaySet } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import type { TableName } from '../core/ids.ts';
import type { Measure } from '../core/measure.ts';
import type { DayProfile } from '../core/profile.ts';
import { PROFILES } from '../core/system-tables.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { quoteTable } from '../sql/quote.ts';

/** What was read of a day, and the change token under which it was read. */
export type StoredDay = Readonly<{ token: string; profile: DayProfile }>;

/** Which reading a stored state belongs to: the table and the exact list of what was measured. */
export type ProfileKey = Readonly<{
  table: TableName;
  measures: readonly Measure[];
  uniqueKeys: readonly string[];
}>;

/** The last state of each day that was read under exactly this key. */
export async function storedProfiles(
  warehouse: Warehouse,
  key: ProfileKey,
  days: DaySet,
): Promise<ReadonlyMap<Day, StoredDay>> {
  const from = days[0]?.from;
  const to = days.at(-1)?.to;
  if (from === undefined || to === undefined) return new Map();
  const { rows } = await warehouse.query({
    sql: [
      'SELECT day, token, state',
      `FROM ${quoteTable(PROFILES.name)}`,
      'WHERE day BETWEEN @from0 AND @to0 AND table_name = @table AND measures_hash = @measures',
      'QUALIFY ROW_NUMBER() OVER (PARTITION BY day ORDER BY read_at DESC, token DESC) = 1',
    ].join('\n'),
    params: {
      from0: { type: 'DATE', value: from },
      to0: { type: 'DATE', value: to },
      table: { type: 'STRING', value: key.table },
      measures: { type: 'STRING', value: hashOf(key) },
    },
  });
  return new Map(
    rows.map((row) => [
      row.day as Day,
      { token: String(row.token), profile: unpack(String(row.state), key.measures) },
    ]),
  );
}

/** Keeps states; the same `readingId` never stores twice. */
export async function keepProfiles(
  warehouse: Warehouse,
  key: ProfileKey,
  days: ReadonlyMap<Day, StoredDay>,
  readingId: string,
  readAt: string,
): Promise<void> {
  if (days.size === 0) return;
  const measuresHash = hashOf(key);
  const rows = [...days].map(([day, { token, profile }]) => ({
    table_name: key.table,
    day,
    measures_hash: measuresHash,
    token,
    state: JSON.stringify(pack(profile, key.measures)),
    read_at: readAt,
  }));
  await warehouse.append(PROFILES.name, rows, { jobId: readingId });
}

type Packed = [values: (number | string | null)[], duplicates: Record<string, number>];

function pack(profile: DayProfile, measures: readonly Measure[]): Packed {
  return [measures.map((measure) => profile.values[measure] ?? null), profile.duplicates];
}

function unpack(text: string, measures: readonly Measure[]): DayProfile {
  const [values, duplicates] = JSON.parse(text) as Packed;
  return {
    values: Object.fromEntries(measures.map((measure, index) => [measure, values[index] ?? null])),
    duplicates,
  };
}

/** FNV-1a, 64 bits: tells lists of measures apart, guards nothing. */
function hashOf({ measures, uniqueKeys }: ProfileKey): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode([...measures, '', ...uniqueKeys].join('\n'))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
