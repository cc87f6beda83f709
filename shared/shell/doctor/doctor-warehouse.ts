import { type DoctorLine, lineOf, notLooked } from '../../core/doctor/doctor-line.ts';
import { scheduleLines, unreadSchedule } from '../../core/doctor/seasons.ts';
import { sourceLine } from '../../core/doctor/sources.ts';
import { statementsLine, type Tried } from '../../core/doctor/statements.ts';
import { type TableThere, tableLines, unfitTables } from '../../core/doctor/tables.ts';
import { isKind } from '../../core/errors.ts';
import type { TableName } from '../../core/ids.ts';
import type { Pipeline } from '../../core/pipeline.ts';
import { daysWithRowsOf } from '../../core/plan-lacks.ts';
import type { Schedule } from '../../core/schedule.ts';
import { dayAt } from '../../core/time-zone.ts';
import type { Warehouse } from '../../ports/warehouse.ts';
import { statesByTable } from '../day-changes.ts';
import { readSchedule } from '../read-schedule.ts';
import { readerOf } from '../reader.ts';
import { attempt } from './attempt.ts';
import { lookAtTables } from './look-at-tables.ts';
import { tryChecks, tryJobs } from './try-statements.ts';

/** Everything that a warehouse shows of what a run will need of it. Reads the schedule, and no other row; writes nothing. */
export async function doctorWarehouse(
  warehouse: Warehouse,
  pipeline: Pipeline,
  now: string,
): Promise<readonly DoctorLine[]> {
  const tables = await attempt(() => lookAtTables(warehouse, pipeline));
  if ('trouble' in tables) return [notLooked('tables', tables.trouble)];
  const firstSeason = pipeline.calendar.seasonStarts.map(({ start }) => start).sort()[0] ?? null;
  const unfit = unfitTables(tables.value);
  return [
    ...tableLines(tables.value, firstSeason, now),
    ...(await statementLines(warehouse, pipeline, unfit)),
    ...(await dayLines(warehouse, pipeline, tables.value, now)),
  ];
}

async function statementLines(
  warehouse: Warehouse,
  pipeline: Pipeline,
  unfit: ReadonlySet<TableName>,
): Promise<readonly DoctorLine[]> {
  const jobs = await attempt(() => tryJobs(warehouse, pipeline, unfit));
  const checks = await attempt(() => tryChecks(warehouse, pipeline, unfit));
  const line = (check: string, what: string) => (tried: readonly Tried[]) =>
    statementsLine(check, what, tried);
  return [
    lineOf('job-statements', jobs, line('job-statements', 'job')),
    lineOf('check-statements', checks, line('check-statements', 'check')),
  ];
}

/** What the schedule expects, and which sources have it. */
async function dayLines(
  warehouse: Warehouse,
  pipeline: Pipeline,
  tables: readonly TableThere[],
  now: string,
): Promise<readonly DoctorLine[]> {
  const { calendar: spec } = pipeline;
  const unfit = unfitTables(tables);
  if (unfit.has(spec.schedule)) return [notLooked('schedule', `${spec.schedule} is not fit`)];
  const today = dayAt(now, pipeline.timeZone);
  const from = spec.seasonStarts.map(({ start }) => start).sort()[0] ?? today;
  const reader = readerOf(warehouse, {
    id: `doctor-${Date.parse(now)}`,
    labels: { pipeline: pipeline.name },
    maximumBytes: pipeline.maximumBytesPerQuery,
  });
  let schedule: Schedule;
  try {
    schedule = await readSchedule(
      (statement) => reader.query('schedule', statement, now),
      pipeline,
      [],
      from,
      today,
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [isKind(error, 'invalid-input') ? unreadSchedule(why) : notLooked('schedule', why)];
  }
  const lines = scheduleLines(spec, schedule, today);
  const there = pipeline.sources.filter(({ name }) =>
    tables.some(({ table, there }) => table.name === name && there !== null),
  );
  const states = await attempt(async () =>
    statesByTable(await warehouse.dayStates(there.map(({ name }) => name))),
  );
  if ('trouble' in states) return [...lines, notLooked('sources', states.trouble)];
  return [
    ...lines,
    ...there.map((source) => {
      const filled = daysWithRowsOf(source, states.value.get(source.name) ?? []);
      const own = { name: source.name, due: source.due, file: source.load?.file ?? null, filled };
      return sourceLine(own, schedule.calendar, pipeline.timeZone, now);
    }),
  ];
}
