import { type DaySet, hasDay, isEmpty } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import { isKind } from '../core/errors.ts';
import { type Measure, uniqueness } from '../core/measure.ts';
import type { Table } from '../core/pipeline.ts';
import type { DayProfile } from '../core/profile.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { duplicateScan, profileScan } from '../sql/profile-scan.ts';

export type ScannedDays = Readonly<{
  days: ReadonlyMap<Day, DayProfile>;
  bytes: number;
  /** Measures and uniqueness scans that failed while they ran, with the reason. */
  refused: ReadonlyMap<Measure, string>;
}>;

/**
 * Reads exactly these days: every measure in one fused scan, and each key's duplicates in one more.
 * When the fused scan fails on the data itself, each measure is read alone: the culprit is refused
 * and its neighbours are not.
 */
export async function scanDays(
  warehouse: Warehouse,
  table: Table,
  measures: readonly Measure[],
  days: DaySet,
): Promise<ScannedDays> {
  const refused = new Map<Measure, string>();
  if (isEmpty(days) || measures.length === 0) return { days: new Map(), bytes: 0, refused };
  const found = new Map<Day, Record<Measure, number | string | null>>();
  let bytes = 0;
  const read = async (some: readonly Measure[]) => {
    const { rows, bytesProcessed } = await warehouse.query(profileScan(table, some, days));
    bytes += bytesProcessed;
    for (const row of rows.filter(({ day }) => day !== null && hasDay(days, day as Day))) {
      const values = some.map((measure, index) => [measure, row[`m${index}`] ?? null]);
      found.set(row.day as Day, { ...found.get(row.day as Day), ...Object.fromEntries(values) });
    }
  };
  const alone = async (name: Measure, work: () => Promise<void>) => {
    const reason = await refusalOf(work);
    if (reason !== null) refused.set(name, reason);
  };
  if ((await refusalOf(() => read(measures))) !== null) {
    for (const measure of measures) await alone(measure, () => read([measure]));
  }
  const duplicates = new Map<Day, Record<string, number>>();
  for (const key of uniqueKeysOf(table)) {
    await alone(uniqueness(key), async () => {
      const surplus = await warehouse.query(duplicateScan(table, key.split(','), days));
      bytes += surplus.bytesProcessed;
      for (const row of surplus.rows) {
        const day = row.day as Day;
        duplicates.set(day, { ...duplicates.get(day), [key]: Number(row.surplus) });
      }
    });
  }
  const profiles = [...found].map(([day, values]): [Day, DayProfile] => [
    day,
    { values, duplicates: duplicates.get(day) ?? {} },
  ]);
  return { days: new Map(profiles), bytes, refused };
}

/** Why the warehouse refuses the work for good; null when it was done. */
async function refusalOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (isKind(error, 'invalid-query')) return error.message;
    throw error;
  }
}

/** The keys whose uniqueness the table's checks promise, each as one comma list. */
export function uniqueKeysOf(table: Table): readonly string[] {
  return table.checks.flatMap((check) =>
    check.kind === 'unique' ? [check.columns.join(',')] : [],
  );
}
