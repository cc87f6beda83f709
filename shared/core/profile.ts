import type { Day } from './days.ts';
import type { TableName } from './ids.ts';
import type { Measure } from './measure.ts';

/** What one fused scan found on one day. Days add up: counts by sum, id lists by union. */
export type DayProfile = Readonly<{
  values: Readonly<Record<Measure, number | string | null>>;
  /** For each `unique` check (its columns as one comma list): rows beyond the first of a key, and rows with a NULL in the key. */
  duplicates: Readonly<Record<string, number>>;
}>;

/** Days without rows are absent. */
export type TableProfile = Readonly<{
  table: TableName;
  days: ReadonlyMap<Day, DayProfile>;
  /** Rows whose day is NULL; they never count for any day. */
  rowsWithoutDay: number;
  /** Measures that the warehouse refuses, with its reason: their checks are UNKNOWN, their neighbours are not. */
  refused: ReadonlyMap<Measure, string>;
}>;

export function numberOf(day: DayProfile | undefined, measure: Measure): number {
  return Number(day?.values[measure] ?? 0);
}

export function idsOf(day: DayProfile | undefined, measure: Measure): ReadonlySet<string> {
  const list = day?.values[measure];
  return new Set(typeof list === 'string' && list !== '' ? list.split(',') : []);
}
