import type { TableName } from '../ids.ts';

/** What a table of a phase takes: no job takes no seconds and no place. */
export type TableSeconds = Readonly<{
  table: TableName;
  /** What it waits for; tables that are not given have passed. */
  needs: readonly TableName[];
  /** Null: nothing to write. */
  job: number | null;
  gate: number;
}>;

/**
 * How long the tables take together: each begins when what it needs has passed and a place is free, in
 * the order given, and has passed when its gate is over. A gate takes no place. As `advance` launches them.
 *
 * @param places launches at the same time, at least 1
 */
export function phaseSeconds(tables: readonly TableSeconds[], places: number): number {
  const passed = new Map<TableName, number>();
  const names = new Set(tables.map(({ table }) => table));
  let busyUntil: readonly number[] = [];
  let waiting = tables;
  let now = 0;
  while (waiting.length > 0) {
    busyUntil = busyUntil.filter((end) => end > now);
    const left: TableSeconds[] = [];
    for (const each of waiting) {
      const isReady = each.needs.every(
        (of) => !names.has(of) || (passed.get(of) ?? Number.POSITIVE_INFINITY) <= now,
      );
      if (!isReady || (each.job !== null && busyUntil.length >= places)) {
        left.push(each);
        continue;
      }
      const ends = now + (each.job ?? 0);
      if (each.job !== null) busyUntil = [...busyUntil, ends];
      passed.set(each.table, ends + each.gate);
    }
    const isStill = left.length === waiting.length;
    waiting = left;
    const next = [...busyUntil, ...passed.values()].filter((instant) => instant > now);
    if (next.length > 0) now = Math.min(...next);
    else if (isStill) break;
  }
  return Math.max(0, ...passed.values());
}
