import { expectedDays } from '../core/calendar.ts';
import { type DaySet, daySetOf, intersect, normalize, subtract } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import type { TableName } from '../core/ids.ts';
import type { TableFacts, TableJudgement } from '../core/judge/facts.ts';
import { judgeTable } from '../core/judge/judge-table.ts';
import { type DayHistory, outcomesOf } from '../core/judge/outcomes.ts';
import type { OutcomeDays } from '../core/outcome.ts';
import { type Pipeline, type Source, sourceNamed, type Table } from '../core/pipeline.ts';
import type { Schedule } from '../core/schedule.ts';
import { type Changes, staleDays } from '../core/stale.ts';
import type { DayState, Warehouse } from '../ports/warehouse.ts';
import { readHistory } from './read-history.ts';
import { readSchedule } from './read-schedule.ts';
import { refreshProfile } from './refresh-profile.ts';

export type TableAssessment = Readonly<{
  judgement: TableJudgement;
  outcomes: OutcomeDays;
  daysRead: DaySet;
  bytes: number;
}>;

export type Assessment = Readonly<{
  schedule: Schedule;
  tables: readonly TableAssessment[];
}>;

/** Which tables to judge over which range. `id` names the reading: letters, digits, `-` and `_`. */
export type AssessmentRequest = Readonly<{
  id: string;
  tables: readonly Table[];
  from: Day;
  to: Day;
  /** Judge from the first day of `from`'s season on: what windows may read. */
  wholeSeason?: boolean;
}>;

/**
 * Judges tables on what the warehouse holds now, and launches nothing. Reads only days that changed
 * since they were last read.
 *
 * @throws PhasegateError when the schedule, the day states or the history cannot be read: then nothing was judged
 */
export async function assess(
  warehouse: Warehouse,
  pipeline: Pipeline,
  { id, tables, from: asked, to, wholeSeason }: AssessmentRequest,
  now: string,
): Promise<Assessment> {
  const schedule = await readSchedule(warehouse, pipeline, asked, to);
  const from = wholeSeason === true ? seasonStart(schedule, asked) : asked;
  const history = await readHistory(warehouse, from, to);
  const states = groupByTable(await warehouse.dayStates(namesRead(tables)));
  const assessed: TableAssessment[] = [];
  for (const table of tables) {
    const expected = expectedDays(schedule.calendar, [{ from, to }], table.bootstrapDays);
    const own = states.get(table.name) ?? [];
    const readingId = `${id}-${table.name.replace('.', '-')}`;
    const { profile, daysRead, bytes } = await refreshProfile(
      warehouse,
      table,
      expected,
      own,
      readingId,
      now,
    );
    const past = history.get(table.name) ?? new Map<Day, DayHistory>();
    const facts: TableFacts = {
      table,
      from,
      to,
      schedule,
      expected,
      profile,
      rowsOf: new Map([...states].map(([name, days]) => [name, rowsByDay(days)])),
      unexpected: unexpectedDays(own, schedule, [{ from, to }]),
      stale: staleDays(schedule.calendar, expected, table.needs, readAt(own, past), ({ of }) =>
        changesOf(states.get(of) ?? [], sourceNamed(pipeline, of)),
      ),
      waivers: pipeline.waivers.filter(
        (each) => each.table === table.name && each.until >= now.slice(0, 10),
      ),
    };
    const judgement = judgeTable(facts);
    assessed.push({ judgement, outcomes: outcomesOf(facts, judgement, past), daysRead, bytes });
  }
  return { schedule, tables: assessed };
}

function seasonStart({ calendar }: Schedule, day: Day): Day {
  const starts = calendar.seasons.map((season) => season.start).filter((start) => start <= day);
  return starts.sort().at(-1) ?? day;
}

function unexpectedDays(
  states: readonly DayState[],
  { calendar }: Schedule,
  range: DaySet,
): DaySet {
  const withRows = states.flatMap(({ day, rows }) => (day !== null && rows > 0 ? [day] : []));
  const known = calendar.seasons.flatMap((season) => [...season.days, ...season.excluded]);
  return subtract(intersect(daySetOf(withRows), range), normalize(known));
}

function namesRead(tables: readonly Table[]): readonly TableName[] {
  const names = tables.flatMap((table) => [
    table.name,
    ...table.needs.map((need) => need.of),
    ...table.checks.flatMap((check) =>
      check.kind === 'row-count' && check.per.of === 'table' ? [check.per.table] : [],
    ),
  ]);
  return [...new Set(names)];
}

function groupByTable(states: readonly DayState[]): ReadonlyMap<TableName, readonly DayState[]> {
  const groups = new Map<TableName, DayState[]>();
  for (const state of states) {
    const group = groups.get(state.table);
    if (group === undefined) groups.set(state.table, [state]);
    else group.push(state);
  }
  return groups;
}

function rowsByDay(states: readonly DayState[]): ReadonlyMap<Day, number> {
  return new Map(states.flatMap(({ day, rows }) => (day === null ? [] : [[day, rows] as const])));
}

/** A source without days changes as a whole: everything that reads it may be stale. */
function changesOf(states: readonly DayState[], source: Source | undefined): Changes {
  if (source?.dayColumn === null) return { whole: states[0]?.changedAt ?? '' };
  return new Map(
    states.flatMap(({ day, changedAt: at }) => (day === null ? [] : [[day, at] as const])),
  );
}

/** When each day's last write took its snapshot; for rows that no job of ours wrote, when they last changed. */
function readAt(
  states: readonly DayState[],
  history: ReadonlyMap<Day, DayHistory>,
): ReadonlyMap<Day, string> {
  return new Map(
    states.flatMap(({ day, changedAt: at }) =>
      day === null ? [] : [[day, history.get(day)?.readAt ?? at] as const],
    ),
  );
}
