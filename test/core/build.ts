import type { Calendar } from '../../shared/core/calendar.ts';
import type { Check } from '../../shared/core/check.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { type Day, parseDay } from '../../shared/core/days.ts';
import { parsePhaseName, parseRunId, parseTableName } from '../../shared/core/ids.ts';
import { parsePercent } from '../../shared/core/percent.ts';
import {
  type CalendarSpec,
  type Need,
  type Pipeline,
  type Table,
  tablesOf,
} from '../../shared/core/pipeline.ts';
import type { RunRequest } from '../../shared/core/run.ts';
import { isSelectTable, type SelectTable } from '../../shared/core/table-job.ts';

export const day = (text: string): Day => parseDay(text);
export const RUN = parseRunId('tiny-20220101-20220131-0a1b2c3d');

export const dayCoverage: Check = {
  id: 'days',
  kind: 'day-coverage',
  severity: 'block',
  applies: null,
  atLeast: parsePercent(100),
};

export function table(
  name: string,
  needs: readonly Need[] = [],
  fields: Partial<SelectTable> = {},
): SelectTable {
  return {
    name: parseTableName(name),
    phase: parsePhaseName('analytics'),
    key: ['game_date', 'team'],
    dayColumn: 'game_date',
    columns: [
      { name: 'game_date', type: 'DATE', required: true },
      { name: 'team', type: 'STRING', required: true },
      { name: 'game_id', type: 'STRING', required: true },
      { name: 'points', type: 'INT64', required: false },
    ],
    requireDayFilter: false,
    needs,
    bootstrapDays: 0,
    job: { kind: 'select', select: 'SELECT 1', chunkDays: 31, writers: 1, deadlineMinutes: null },
    checks: [dayCoverage],
    publish: null,
    due: null,
    autoRepair: null,
    ...fields,
  };
}

export const sameDay = (of: string): Need => ({
  of: parseTableName(of),
  window: { kind: 'same-day' },
});
export const games = (of: string, count: number): Need => ({
  of: parseTableName(of),
  window: { kind: 'games', games: count },
});
export const days = (of: string, count: number): Need => ({
  of: parseTableName(of),
  window: { kind: 'days', days: count },
});

/** The tables that the job that ships writes. */
export function selectTablesOf(pipeline: Pipeline): readonly SelectTable[] {
  return tablesOf(pipeline).filter(isSelectTable);
}

/** Phases in the order in which they first occur among the tables. */
export function pipelineOf(...tables: readonly Table[]): Pipeline {
  const names = [...new Set(tables.map((each) => each.phase))];
  const calendar: CalendarSpec = {
    schedule: parseTableName('raw.schedule'),
    game: 'game_id',
    season: 'season_year',
    seasonType: 'season_type',
    home: 'home',
    away: 'away',
    final: 'game_status = 3',
    calledOff: null,
    seasonTypes: ['regular'],
    seasonStarts: [{ season: 2021, start: day('2022-01-01') }],
    exclusions: [],
  };
  return {
    name: 'tiny',
    timeZone: 'America/New_York',
    calendar,
    ownCalendar: calendar,
    waivers: [],
    loosened: [],
    retry: { attempts: 3, backoffSeconds: 10 },
    repair: { attempts: 1 },
    deadlines: { jobMinutes: 120, phaseMinutes: 720, runMinutes: 1440 },
    budget: { jobMinutes: null, bytes: null },
    alerts: null,
    parallelTables: 2,
    maximumBytesPerQuery: 2 ** 30,
    sources: [
      {
        name: parseTableName('raw.schedule'),
        key: ['game_id'],
        dayColumn: 'game_date',
        columns: ['game_id', 'game_date', 'season_year', 'season_type', 'home', 'away'].map(
          (name) => ({ name, type: 'STRING', required: true }),
        ),
        requireDayFilter: false,
        fallback: null,
        load: null,
        checks: [],
        due: null,
      },
    ],
    phases: names.map((name) => ({
      name,
      parallelTables: null,
      readyBy: null,
      tables: tables.filter((each) => each.phase === name),
    })),
    gates: [],
    monitors: [],
  };
}

export function requestOf(pipeline: Pipeline, fields: Partial<RunRequest> = {}): RunRequest {
  return {
    pipeline: pipeline.name,
    from: day('2022-01-01'),
    to: day('2022-01-31'),
    phases: pipeline.phases.map((phase) => phase.name),
    mode: 'missing',
    ...fields,
  };
}

export function calendarOf(spans: string, start = '2022-01-01'): Calendar {
  return {
    seasons: [{ season: 2021, start: day(start), days: parseDaySet(spans), excluded: [] }],
  };
}
