import { type DaySet, hasDay, isEmpty } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import type { Measure } from '../core/measure.ts';
import type { Table } from '../core/pipeline.ts';
import type { DayProfile } from '../core/profile.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { duplicateScan, profileScan } from '../sql/profile-scan.ts';

export type ScannedDays = Readonly<{ days: ReadonlyMap<Day, DayProfile>; bytes: number }>;

/** Reads exactly these days: every measure in one fused scan, and each key's duplicates in one more. */
export async function scanDays(
  warehouse: Warehouse,
  table: Table,
  measures: readonly Measure[],
  days: DaySet,
): Promise<ScannedDays> {
  if (isEmpty(days) || measures.length === 0) return { days: new Map(), bytes: 0 };
  const scanned = await warehouse.query(profileScan(table, measures, days));
  const duplicates = new Map<Day, Record<string, number>>();
  let bytes = scanned.bytesProcessed;
  for (const key of uniqueKeysOf(table)) {
    const found = await warehouse.query(duplicateScan(table, key.split(','), days));
    bytes += found.bytesProcessed;
    for (const row of found.rows) {
      const day = row.day as Day;
      duplicates.set(day, { ...duplicates.get(day), [key]: Number(row.surplus) });
    }
  }
  const profiles = scanned.rows.flatMap((row): [Day, DayProfile][] => {
    const day = row.day as Day;
    if (!hasDay(days, day)) return [];
    const values = Object.fromEntries(
      measures.map((measure, index) => [measure, row[`m${index}`] as number | string | null]),
    );
    return [[day, { values, duplicates: duplicates.get(day) ?? {} }]];
  });
  return { days: new Map(profiles), bytes };
}

/** The keys whose uniqueness the table's checks promise, each as one comma list. */
export function uniqueKeysOf(table: Table): readonly string[] {
  return table.checks.flatMap((check) =>
    check.kind === 'unique' ? [check.columns.join(',')] : [],
  );
}
