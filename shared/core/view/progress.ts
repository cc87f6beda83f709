import {
  countDays,
  type DaySet,
  intersect,
  isEmpty,
  NO_DAYS,
  subtract,
  union,
} from '../day-set.ts';
import type { PhaseName, TableName } from '../ids.ts';
import type { Pipeline } from '../pipeline.ts';
import { type Instant, isAtRest, type RunState } from '../run.ts';
import { hasPassed, isBusy, type TableState } from '../table-state.ts';
import type { Pace, Stride } from './progress-pace.ts';

/** What a launch has told of its days by now; `strides` are of those that are written, oldest first. */
export type DaysTold = Readonly<{
  attempt: number;
  began: Instant;
  written: DaySet;
  failed: DaySet;
  strides: readonly Stride[];
}>;

/** Tables by phase, in their order. */
export type PhaseTables = readonly Readonly<{ phase: PhaseName; tables: readonly TableName[] }>[];

/** Everything that is known of a run while somebody watches it. */
export type Watched = Readonly<{
  state: RunState;
  /** Empty where nobody knows the pipeline: its tables are then told together. */
  phases: PhaseTables;
  /** The days that each table last had to write. */
  work: ReadonlyMap<TableName, DaySet>;
  /** Of running launches; a table of which nothing is told is left out. */
  told: ReadonlyMap<TableName, DaysTold>;
  /** By earlier launches. */
  past: ReadonlyMap<TableName, Pace>;
  now: Instant;
}>;

/** How the days of one table stand. */
export type TableProgress = Readonly<{
  table: TableName;
  state: TableState;
  work: DaySet;
  done: DaySet;
  failed: DaySet;
  running: DaySet;
}>;

export function phaseTablesOf({ phases }: Pipeline, { tables }: RunState): PhaseTables {
  return phases.flatMap(({ name, tables: all }) => {
    const own = all.map((table) => table.name).filter((table) => table in tables);
    return own.length === 0 ? [] : [{ phase: name, tables: own }];
  });
}

/** The days that each table last had to write, as far as a watcher saw it: a table that has passed says it no more. */
export function rememberWork(
  before: ReadonlyMap<TableName, DaySet>,
  { tables }: RunState,
): ReadonlyMap<TableName, DaySet> {
  const work = new Map(before);
  for (const [name, table] of Object.entries(tables)) {
    if ('days' in table && !isEmpty(table.days)) work.set(name as TableName, table.days);
  }
  return work;
}

/** The days of one table: `running` is what its launch has not told of yet. */
export function tableProgress(
  { state, work: all, told }: Watched,
  table: TableName,
): TableProgress | null {
  const own = state.tables[table];
  if (own === undefined) return null;
  const work = all.get(table) ?? NO_DAYS;
  const common = { table, state: own, work };
  if (hasPassed(own)) return { ...common, done: work, failed: NO_DAYS, running: NO_DAYS };
  if (own.tag === 'verifying') return { ...common, done: work, failed: NO_DAYS, running: NO_DAYS };
  if (own.tag === 'blocked') {
    const failed = intersect(work, own.badDays);
    return { ...common, done: subtract(work, failed), failed, running: NO_DAYS };
  }
  const words = told.get(table);
  const known = words?.attempt === own.attempt ? words : undefined;
  const done = intersect(work, known?.written ?? NO_DAYS);
  const failed = subtract(
    intersect(work, own.tag === 'failed' ? work : (known?.failed ?? NO_DAYS)),
    done,
  );
  const running = isBusy(own) ? subtract(work, union(done, failed)) : NO_DAYS;
  return { ...common, done, failed, running };
}

/** So long it took, or takes, since somebody last set the run going. */
export function goneMs({ status, since, endedAt }: RunState, now: Instant): number {
  const until = isAtRest(status) ? (endedAt ?? now) : now;
  return Math.max(0, Date.parse(until) - Date.parse(since));
}

/** Done and wanted days by season, oldest first, of seasons in which the table has work. */
export function bySeason(
  { calendar }: RunState,
  { work, done }: TableProgress,
): readonly Readonly<{ season: number; done: number; of: number }>[] {
  return calendar.seasons.flatMap(({ season, days }) => {
    const of = countDays(intersect(work, days));
    return of === 0 ? [] : [{ season, done: countDays(intersect(done, days)), of }];
  });
}
