import type { Calendar } from '../core/calendar.ts';
import { type DaySpan, intersect, isEmpty } from '../core/day-set.ts';
import { PhasegateError } from '../core/errors.ts';
import type { PhaseName, TableName } from '../core/ids.ts';
import type { OutcomeDays } from '../core/outcome.ts';
import type { Definition, Pipeline, Source } from '../core/pipeline.ts';
import { type Gap, phasesBehind, planOf, tablesOfRun, unverifiedReads } from '../core/plan.ts';
import { planHashOf } from '../core/plan-hash.ts';
import { daysWithRowsOf, type Lack, lacksOf } from '../core/plan-lacks.ts';
import { type MatrixRow, planMatrix } from '../core/plan-matrix.ts';
import { type PlannedTable, plannedTables } from '../core/plan-reasons.ts';
import { type SourceStanding, sourceStandings } from '../core/plan-sources.ts';
import type { RunRequest } from '../core/run.ts';
import { type Denominator, leftOutWithin } from '../core/view/gate-denominator.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { type AssessmentRequest, assess } from './assess.ts';
import { statesByTable } from './day-changes.ts';
import { runningWhenRead } from './running-when-read.ts';

/** What a run of this request would do if it began now. */
export type PlanReading = Readonly<{
  /** Equal as long as nothing that decides the plan is another. */
  hash: string;
  calendar: Calendar;
  /** In the order in which they can be launched. */
  tables: readonly PlannedTable[];
  /** The run would be refused for any of these. */
  gaps: readonly Gap[];
  lacks: readonly Lack[];
  /** Sources first, tables in the order of launch. */
  matrix: readonly MatrixRow[];
  sources: readonly SourceStanding[];
  /** Games of the range that are not expected, and why. */
  leftOut: Denominator['leftOut'];
  /** Phases that the run does not know, since a request ends before them. */
  notAsked: readonly PhaseName[];
  outcomes: Readonly<Record<TableName, OutcomeDays>>;
}>;

/**
 * Reads the outcomes as a run does when it begins, and plans with them. Starts and writes nothing; what was
 * read of a day is kept, so that the run need not read it again.
 *
 * @param request as `checkedRequest` returned it
 * @throws PhasegateError as `assess`; `invalid-input` for a range without games
 */
export async function readPlan(
  warehouse: Warehouse,
  { pipeline, hash: definition }: Definition,
  request: RunRequest,
  reading: Pick<AssessmentRequest, 'id' | 'onRead'>,
  now: string,
): Promise<PlanReading> {
  const relations = tablesOfRun(pipeline, request);
  const { from, to, mode } = request;
  const asked = { ...reading, relations, from, to, wholeSeason: true };
  const { schedule, tables } = await assess(warehouse, pipeline, asked, now);
  const { calendar } = schedule;
  assertExpectsSomething(pipeline, calendar, request);
  const names = [...pipeline.sources, ...relations].map(({ name }) => name);
  const states = statesByTable(await warehouse.dayStates(names));
  const outcomes: Record<TableName, OutcomeDays> = {};
  for (const { judgement, outcomes: own } of tables) {
    outcomes[judgement.table] = runningWhenRead(own, states.get(judgement.table) ?? []);
  }
  const rowsOf = (source: Source) => daysWithRowsOf(source, states.get(source.name) ?? []);
  const sources = sourceStandings(pipeline, request, calendar, rowsOf, now);
  const plan = planOf(pipeline, request, mode, calendar, outcomes, new Map());
  return {
    hash: planHashOf(definition, request, calendar, outcomes, plan),
    calendar,
    tables: plannedTables(pipeline, request, calendar, outcomes, plan),
    gaps: unverifiedReads(pipeline, request, calendar, outcomes, plan),
    lacks: lacksOf(pipeline, request, calendar, plan, rowsOf),
    matrix: planMatrix(pipeline, request, calendar, outcomes, sources),
    sources,
    leftOut: leftOutWithin(schedule, [{ from, to }]),
    notAsked: phasesBehind(pipeline, request),
    outcomes,
  };
}

/** @throws PhasegateError `invalid-input` where nothing is expected in the range: nothing could pass */
export function assertExpectsSomething(
  pipeline: Pipeline,
  calendar: Calendar,
  { from, to }: DaySpan,
): void {
  const expected = calendar.seasons.flatMap((season) => season.days);
  if (!isEmpty(intersect(expected, [{ from, to }]))) return;
  throw new PhasegateError(
    'invalid-input',
    `${pipeline.calendar.schedule} has no final game from ${from} to ${to}, so nothing is expected and nothing could pass; load the schedule, or choose a range with games`,
  );
}
