import { expectedDays } from '../core/calendar.ts';
import { relationsRead } from '../core/checks/kind.ts';
import { kindOf } from '../core/checks/kinds.ts';
import { type DayHistory, snapshotBefore } from '../core/day-history.ts';
import { type DaySet, daySetOf, intersect, normalize, subtract, union } from '../core/day-set.ts';
import { dayToken } from '../core/day-token.ts';
import type { Day } from '../core/days.ts';
import { notDueYet } from '../core/due.ts';
import { PhasegateError } from '../core/errors.ts';
import type { EvidenceStatement } from '../core/evidence.ts';
import { fingerprint } from '../core/fingerprint.ts';
import type { TableName } from '../core/ids.ts';
import type { TableFacts, TableJudgement } from '../core/judge/facts.ts';
import { judgeTable } from '../core/judge/judge-table.ts';
import { outcomesOf } from '../core/judge/outcomes.ts';
import type { OutcomeDays } from '../core/outcome.ts';
import { dueOf, type Need, type Pipeline, sourceNamed, tableNamed } from '../core/pipeline.ts';
import type { TableProfile } from '../core/profile.ts';
import { readingsOf, rowCountsOf } from '../core/readings.ts';
import { type Relation, relationNamed } from '../core/relation.ts';
import type { Schedule } from '../core/schedule.ts';
import { staleDays } from '../core/stale.ts';
import { METRICS, PROFILES, RUN_HISTORY } from '../core/system-tables.ts';
import { dayAt } from '../core/time-zone.ts';
import type { DayState, Warehouse } from '../ports/warehouse.ts';
import {
  changedAt,
  changesOf,
  daysFilled,
  rowsByDay,
  statesByTable,
  versionOf,
} from './day-changes.ts';
import { inParallel } from './in-parallel.ts';
import { readKept } from './read-kept.ts';
import { readProfile } from './read-profile.ts';
import { readSchedule } from './read-schedule.ts';
import { readerOf } from './reader.ts';
import { type DayState as KeptState, stateRows } from './stored-state.ts';

export type TableAssessment = Readonly<{
  judgement: TableJudgement;
  outcomes: OutcomeDays;
  /** All that the judgement rests on: judging it again gives the same answer. */
  facts: TableFacts;
  daysRead: DaySet;
  /** Of `onlyDue`: days that were left out, since they have no row and nobody misses them yet. */
  notDue: DaySet;
  /** Tells the table's content as it was judged from any other it has had or will have. */
  token: string;
}>;

export type Assessment = Readonly<{
  schedule: Schedule;
  tables: readonly TableAssessment[];
  /** Days, by table, of the relations and all that they read. */
  states: ReadonlyMap<TableName, readonly DayState[]>;
  /** Every statement that was run for it. */
  statements: readonly EvidenceStatement[];
}>;

/** Which relations to judge over which range. `id` names the reading: letters, digits, `-` and `_`. */
export type AssessmentRequest = Readonly<{
  id: string;
  relations: readonly Relation[];
  from: Day;
  to: Day;
  /** Judge from the first day of `from`'s season on: what windows may read. */
  wholeSeason?: boolean;
  /** Leave out days without rows that are not due yet. */
  onlyDue?: boolean;
  /** Whether what was read is kept for the next who asks; absent: it is. A reader that may not write keeps nothing. */
  keeps?: boolean;
  labels?: Readonly<Record<string, string>>;
  /** Longer than this nobody waits for one statement: `pending`. */
  waitMilliseconds?: number;
  /** Told of each relation once it has been read. */
  onRead?: (relation: TableName, read: number, of: number) => void;
}>;

/**
 * Judges relations on what the warehouse holds now, and launches nothing. Reads only what changed
 * since it was last read.
 *
 * @throws PhasegateError when the schedule, the day states or the history cannot be read: then nothing
 *   was judged; `pending` when a statement is still running: ask again under the same id
 */
export async function assess(
  warehouse: Warehouse,
  pipeline: Pipeline,
  request: AssessmentRequest,
  now: string,
): Promise<Assessment> {
  const { id, relations, to, labels = {}, waitMilliseconds } = request;
  const reader = readerOf(warehouse, {
    id,
    labels: { pipeline: pipeline.name, ...labels },
    maximumBytes: pipeline.maximumBytesPerQuery,
    ...(waitMilliseconds === undefined ? {} : { waitMilliseconds }),
  });
  const source = pipeline.calendar.schedule;
  const read = [...namesRead(pipeline, relations), source, ...KEPT];
  const states = statesByTable(await warehouse.dayStates([...new Set(read)]));
  const scheduleVersion = states.has(source) ? versionOf(states, [source]) : now;
  const schedule = await readSchedule(
    (statement) => reader.query('schedule', statement, scheduleVersion),
    pipeline,
    relations,
    request.from,
    to,
  );
  const from = request.wholeSeason === true ? seasonStart(schedule, request.from) : request.from;
  const judged = relations.map((relation) => {
    const all = expectedDays(schedule.calendar, [{ from, to }], relation.bootstrapDays);
    const due = request.onlyDue === true ? dueOf(pipeline, relation.name) : null;
    const filled = daysFilled(states.get(relation.name) ?? []);
    const notDue = notDueYet(due, all, filled, pipeline.timeZone, now);
    const days = daysLookedAt(relation, schedule, [{ from, to }]);
    return { relation, schedule, expected: subtract(all, notDue), notDue, days };
  });
  const readings = readingsOf(judged);
  const lastChangeOf = (table: TableName) =>
    (states.get(table) ?? []).reduce((last, { changedAt: at }) => (at > last ? at : last), '');
  const allDays = union([{ from, to }], ...[...readings.values()].map(({ days }) => days));
  const earlier = await readKept(
    reader,
    [...readings.keys()],
    allDays,
    { from, to },
    now,
    versionOf(states, KEPT),
  );

  const profiles = new Map<TableName, TableProfile>();
  const columns = new Map<TableName, TableFacts['actualColumns']>();
  const daysRead = new Map<TableName, DaySet>();
  const kept: KeptState[] = [];
  await inParallel(readings, async ([name, { items, days, sampled }]) => {
    const relation = relationNamed(pipeline, name);
    if (relation === undefined) throw new PhasegateError('bug', `${name} has no days`);
    const actual = await warehouse.columnsOf(name);
    const own = { tokens: states.get(name) ?? [], lastChangeOf, columns: actual };
    const reading = await readProfile(
      reader,
      { relation, items, days, sampled, ...own },
      earlier.state,
    );
    columns.set(name, actual);
    profiles.set(name, reading.profile);
    daysRead.set(name, reading.daysRead);
    kept.push(...reading.read);
    request.onRead?.(name, profiles.size, readings.size);
  });
  if (request.keeps !== false) await keepStates(warehouse, id, kept, now);

  const tables = judged.map(({ relation, expected, notDue, days }): TableAssessment => {
    const { name } = relation;
    const own = states.get(name) ?? [];
    const past = earlier.history.get(name) ?? new Map<Day, DayHistory>();
    const needs = tableNamed(pipeline, name)?.needs ?? [];
    const changes = ({ of }: Need) => changesOf(pipeline, of, states.get(of) ?? []);
    const profile = profiles.get(name);
    if (profile === undefined) throw new PhasegateError('bug', `${name} was not read`);
    const facts: TableFacts = {
      table: relation,
      from,
      to,
      now,
      timeZone: pipeline.timeZone,
      schedule,
      expected,
      profile,
      others: profiles,
      rowsOf: new Map(rowCountsOf(relation).map((of) => [of, rowsByDay(states.get(of) ?? [])])),
      unexpected: unexpectedDays(pipeline, relation, own, schedule, [{ from, to }]),
      stale: staleDays(schedule.calendar, days, needs, readAt(own, past), changes),
      changedAt: changedAt(own),
      history: past,
      metrics: earlier.metrics.get(name) ?? [],
      actualColumns: columns.get(name) ?? null,
      waivers: pipeline.waivers.filter(
        (each) => each.table === name && each.until >= dayAt(now, pipeline.timeZone),
      ),
    };
    const judgement = judgeTable(facts);
    const outcomes = outcomesOf(facts, judgement, past);
    return {
      judgement,
      outcomes,
      facts,
      daysRead: daysRead.get(name) ?? [],
      notDue,
      token: dayToken(own, to),
    };
  });
  return { schedule, tables, states, statements: reader.statements };
}

/** What earlier gates and jobs left. */
const KEPT = [PROFILES.name, RUN_HISTORY.name, METRICS.name];

async function keepStates(
  warehouse: Warehouse,
  id: string,
  states: readonly KeptState[],
  now: string,
): Promise<void> {
  const rows = stateRows(states, now);
  if (rows.length === 0) return;
  const version = fingerprint(states.map((state) => `${state.day}/${state.token}`).join());
  await warehouse.append(PROFILES.name, rows, { jobId: `${id}-profiles-${version}` });
}

/** The expected days of the range, and the earlier ones with which a check compares them. */
function daysLookedAt(relation: Relation, schedule: Schedule, range: DaySet): DaySet {
  const expected = expectedDays(schedule.calendar, range, relation.bootstrapDays);
  const baselines = relation.checks.map(
    (check) => kindOf(check).baseline?.(check, { schedule, table: relation }, expected) ?? [],
  );
  return union(expected, ...baselines);
}

function seasonStart({ calendar }: Schedule, day: Day): Day {
  const starts = calendar.seasons.map((season) => season.start).filter((start) => start <= day);
  return starts.sort().at(-1) ?? day;
}

/**
 * Days with rows and without a game that counts or that somebody excluded. A source may also hold games
 * of season types that do not count; a table may not.
 */
function unexpectedDays(
  pipeline: Pipeline,
  { name }: Relation,
  states: readonly DayState[],
  { calendar, leftOut }: Schedule,
  range: DaySet,
): DaySet {
  const signed = new Set(pipeline.calendar.exclusions.map(({ reason }) => reason));
  const isSource = sourceNamed(pipeline, name) !== undefined;
  const others = leftOut.filter(({ reason }) => isSource || signed.has(reason));
  return subtract(
    intersect(daysFilled(states), range),
    union(
      normalize(calendar.seasons.flatMap(({ days }) => days)),
      daySetOf(others.flatMap(({ byDay }) => byDay.map(({ day }) => day))),
    ),
  );
}

function namesRead(pipeline: Pipeline, relations: readonly Relation[]): readonly TableName[] {
  const names = relations.flatMap((relation) => [
    relation.name,
    ...(tableNamed(pipeline, relation.name)?.needs ?? []).map((need) => need.of),
    ...relation.checks.flatMap((check) => relationsRead(kindOf(check).reads(check))),
  ]);
  return [...new Set(names)];
}

/** When each day's last write took its snapshot, at the earliest; for rows that no job of ours wrote, when they last changed. */
function readAt(
  states: readonly DayState[],
  history: ReadonlyMap<Day, DayHistory>,
): ReadonlyMap<Day, string> {
  return new Map(
    [...changedAt(states)].map(([day, at]) => {
      const known = history.get(day);
      return [day, (known === undefined ? null : snapshotBefore(known, at)) ?? at] as const;
    }),
  );
}
