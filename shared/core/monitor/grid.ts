import { type DaySet, intersect, isEmpty, NO_DAYS, subtract, union } from '../day-set.ts';
import { daysDue, WHEN_OVER } from '../due.ts';
import type { TableFacts, TableJudgement } from '../judge/facts.ts';
import { OUTCOMES, type Outcome, type OutcomeDays } from '../outcome.ts';
import { dueOf, type Pipeline } from '../pipeline.ts';

/** A table or source as it was judged, with the days that nobody misses yet. */
export type GridCell = Readonly<{
  judgement: TableJudgement;
  facts: TableFacts;
  outcomes: OutcomeDays;
  notDue: DaySet;
}>;

/** Every expected day of one table or source. */
export type GridRow = Readonly<{
  table: TableJudgement['table'];
  /** Days that are due, or have rows although they are not. */
  outcomes: OutcomeDays;
  /** Of these what is due, not good, and what nobody signed for: overdue until it is. */
  gaps: OutcomeDays;
  /** Days without rows that somebody signed for. */
  waived: DaySet;
  /** Days without rows that nobody misses yet. */
  notDue: DaySet;
  /** Days with games on which nothing is expected, since the pipeline says why. */
  excluded: DaySet;
}>;

const NO_GAP: readonly Outcome[] = ['VERIFIED', 'EMPTY_OK', 'RUNNING'];
const WITHOUT_ROWS: readonly Outcome[] = ['NEVER_RAN', 'FAILED', 'EMPTY_SUSPECT'];

/** What became of each expected day, however old; a gap is one that is due. */
export function gridRow(pipeline: Pipeline, cell: GridCell): GridRow {
  const { judgement, facts, outcomes, notDue } = cell;
  const { table } = judgement;
  const due = daysDue(
    dueOf(pipeline, table) ?? WHEN_OVER,
    facts.expected,
    facts.timeZone,
    facts.now,
  );
  const signed = subtract(union(...facts.waivers.map(({ days }) => days)), judgement.badDays);
  const without = union(...WITHOUT_ROWS.map((outcome) => outcomes[outcome] ?? NO_DAYS));
  const waived = intersect(signed, without);
  const gaps = OUTCOMES.filter((outcome) => !NO_GAP.includes(outcome)).map(
    (outcome) => [outcome, subtract(intersect(outcomes[outcome] ?? NO_DAYS, due), waived)] as const,
  );
  return {
    table,
    outcomes,
    gaps: Object.fromEntries(gaps.filter(([, days]) => !isEmpty(days))),
    waived,
    notDue,
    excluded: intersect(union(...facts.schedule.calendar.seasons.map((each) => each.excluded)), [
      { from: facts.from, to: facts.to },
    ]),
  };
}

export function daysOfGaps(gaps: OutcomeDays): DaySet {
  return union(...Object.values(gaps));
}
