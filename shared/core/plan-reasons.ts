import { type Calendar, daysReading, expectedDays } from './calendar.ts';
import { type DaySet, intersect, isEmpty, NO_DAYS, subtract } from './day-set.ts';
import type { PhaseName, TableName } from './ids.ts';
import {
  daysGood,
  daysNotGood,
  daysToWrite,
  OUTCOMES,
  type Outcome,
  type OutcomeDays,
} from './outcome.ts';
import type { Pipeline, Table } from './pipeline.ts';
import { type Plan, tablesOfRun } from './plan.ts';
import type { RunRequest } from './run.ts';

/** Days that are written because of what became of them, or because an upstream table is written first. */
export type Reason = Readonly<{ days: DaySet } & ({ outcome: Outcome } | { behind: TableName })>;

/** What a plan does with one table. */
export type PlannedTable = Readonly<{
  table: TableName;
  phase: PhaseName;
  /** Of a phase that was not requested: its gate is asked, and nothing is written. */
  isJudgedOnly: boolean;
  days: DaySet;
  /** Every day to write, each once, under the first reason that holds. */
  why: readonly Reason[];
  /** Days of the range that are not good and stay as they are. */
  left: DaySet;
  /** Days of the range that are good and stay as they are. */
  good: DaySet;
  /** What is expected of it in the range; without a day its gate can never pass here. */
  expected: DaySet;
  /** Days of the range with games, on which it has no rows to expect yet: the first of a season. */
  bootstrap: DaySet;
  /** How many days of a season these are, counted from its start. */
  bootstrapDays: number;
}>;

/** The tables of a plan in the order in which they can be launched, and why each day of them is written. */
export function plannedTables(
  pipeline: Pipeline,
  request: RunRequest,
  calendar: Calendar,
  outcomes: Readonly<Record<TableName, OutcomeDays>>,
  plan: Plan,
): readonly PlannedTable[] {
  const range = [{ from: request.from, to: request.to }];
  return tablesOfRun(pipeline, request).map((table) => {
    const days = plan.get(table.name) ?? NO_DAYS;
    const own = outcomes[table.name] ?? {};
    const expected = expectedDays(calendar, range, table.bootstrapDays);
    const stays = subtract(expected, days);
    const left = intersect(daysNotGood(own), stays);
    return {
      table: table.name,
      phase: table.phase,
      isJudgedOnly: !request.phases.includes(table.phase),
      days,
      why: reasonsOf(table, days, own, request, calendar, plan),
      left,
      good: intersect(daysGood(own), stays),
      expected,
      bootstrap: subtract(expectedDays(calendar, range, 0), expected),
      bootstrapDays: table.bootstrapDays,
    };
  });
}

/** A day that the mode has written anyway is told under its own outcome, whatever it stands behind. */
function reasonsOf(
  { needs }: Table,
  days: DaySet,
  own: OutcomeDays,
  { mode }: RunRequest,
  calendar: Calendar,
  plan: Plan,
): readonly Reason[] {
  const anyway = daysToWrite(own, mode);
  const reasons: readonly Reason[] = [
    ...OUTCOMES.map((outcome) => ({ outcome, days: intersect(anyway, own[outcome] ?? NO_DAYS) })),
    ...needs.map(({ of, window }) => ({
      behind: of,
      days: daysReading(calendar, window, plan.get(of) ?? NO_DAYS),
    })),
  ];
  const told: Reason[] = [];
  let left = days;
  for (const reason of reasons) {
    const mine = intersect(left, reason.days);
    if (isEmpty(mine)) continue;
    told.push({ ...reason, days: mine });
    left = subtract(left, mine);
  }
  return told;
}
