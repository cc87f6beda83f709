import { type Calendar, daysRead, daysReading, expectedDays } from './calendar.ts';
import { type DaySet, intersect, isEmpty, NO_DAYS, subtract, union } from './day-set.ts';
import type { PhaseName, TableName } from './ids.ts';
import { daysNotGood, daysToWrite, type OutcomeDays } from './outcome.ts';
import type { Pipeline, Table } from './pipeline.ts';
import type { Mode, RunRequest } from './run.ts';

/** The days each table of the run writes. A table that is only judged is there with no days. */
export type Plan = ReadonlyMap<TableName, DaySet>;

/**
 * What a run has to write: the days its mode asks for, those it still owes from an earlier plan, and
 * every day of the requested phases whose window reads one of those. Tables of earlier phases that were not requested are only judged.
 */
export function planOf(
  pipeline: Pipeline,
  request: RunRequest,
  mode: Mode,
  calendar: Calendar,
  outcomes: Readonly<Record<TableName, OutcomeDays>>,
  owed: Plan,
): Plan {
  const plan = new Map<TableName, DaySet>();
  for (const table of tablesOfRun(pipeline, request)) {
    if (!request.phases.includes(table.phase)) {
      plan.set(table.name, NO_DAYS);
      continue;
    }
    const range = [{ from: request.from, to: request.to }];
    const expected = expectedDays(calendar, range, table.bootstrapDays);
    const own = daysToWrite(outcomes[table.name] ?? {}, mode);
    const behind = table.needs.map(({ of, window }) =>
      daysReading(calendar, window, plan.get(of) ?? NO_DAYS),
    );
    const before = owed.get(table.name) ?? NO_DAYS;
    plan.set(table.name, intersect(expected, union(own, before, ...behind)));
  }
  return plan;
}

/** Days outside the range that a planned launch would read, and that are not good. */
export type Gap = Readonly<{ table: TableName; reads: TableName; days: DaySet }>;

/** What the plan would read before its own range and nobody has verified: nothing may be built on it. */
export function unverifiedReads(
  pipeline: Pipeline,
  request: RunRequest,
  calendar: Calendar,
  outcomes: Readonly<Record<TableName, OutcomeDays>>,
  plan: Plan,
): readonly Gap[] {
  const range = [{ from: request.from, to: request.to }];
  return tablesOfRun(pipeline, request).flatMap((table) =>
    table.needs.flatMap(({ of, window }): Gap[] => {
      const upstream = outcomes[of];
      if (upstream === undefined) return [];
      const read = daysRead(calendar, window, plan.get(table.name) ?? NO_DAYS);
      const days = intersect(subtract(read, range), daysNotGood(upstream));
      return isEmpty(days) ? [] : [{ table: table.name, reads: of, days }];
    }),
  );
}

/** Tables of the requested phases and of every phase before the last of them, each behind all it needs. */
export function tablesOfRun(pipeline: Pipeline, request: RunRequest): readonly Table[] {
  const last = pipeline.phases.findLastIndex((phase) => request.phases.includes(phase.name));
  return pipeline.phases.slice(0, last + 1).flatMap((phase) => inNeedOrder(phase.tables));
}

/** The phases behind the last that was requested: the run does not know them. */
export function phasesBehind(pipeline: Pipeline, { phases }: RunRequest): readonly PhaseName[] {
  const last = pipeline.phases.findLastIndex(({ name }) => phases.includes(name));
  return pipeline.phases.slice(last + 1).map(({ name }) => name);
}

/** The tables so that each stands behind all it needs. */
export function inNeedOrder<Each extends Table>(tables: readonly Each[]): readonly Each[] {
  const names = new Set(tables.map((table) => table.name));
  const ordered: Each[] = [];
  let left = tables;
  while (left.length > 0) {
    const placed = new Set(ordered.map((table) => table.name));
    const ready = left.filter((table) =>
      table.needs.every(({ of }) => placed.has(of) || !names.has(of)),
    );
    if (ready.length === 0) return [...ordered, ...left];
    ordered.push(...ready);
    left = left.filter((table) => !ready.includes(table));
  }
  return ordered;
}
