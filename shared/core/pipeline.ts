import type { AlertRules } from './alerts/alert-rules.ts';
import type { Check } from './check.ts';
import type { Column } from './column.ts';
import type { DaySet, DaySpan } from './day-set.ts';
import type { Day } from './days.ts';
import type { Due } from './due.ts';
import type { PhaseName, TableName } from './ids.ts';
import type { Monitor } from './monitor/monitor.ts';
import type { TableJob } from './table-job.ts';

/** What of an upstream table day D reads. `games` and `days` count back from D, D excluded, within D's season. */
export type Window =
  | Readonly<{ kind: 'same-day' }>
  | Readonly<{ kind: 'games'; games: number }>
  | Readonly<{ kind: 'days'; days: number }>;

export type Need = Readonly<{ of: TableName; window: Window }>;

/** Where a source's rows come from when a person runs `phasegate load`. */
export type LoadMapping = Readonly<{
  /** File name without extension: `raw_schedule`. */
  file: string;
  /** Columns the file must have, as they are in the file. */
  columns: readonly Column[];
  /** GoogleSQL over `phasegate_staging.FILE`: the rows of the source. */
  select: string;
}>;

/** A raw table that we read and never write in a run. */
export type Source = Readonly<{
  name: TableName;
  key: readonly string[];
  dayColumn: string | null;
  columns: readonly Column[];
  requireDayFilter: boolean;
  /** The sources tried in order for this kind of data, and what happens when all fail. */
  fallback: Readonly<{ chain: readonly string[]; lastResort: string }> | null;
  load: LoadMapping | null;
  /** What must hold of it for those who read it; asked when a cause is looked for. */
  checks: readonly Check[];
  /** The checks as policy `daily` has them; absent: as they are. */
  dailyChecks?: readonly Check[];
  /** Before this nobody misses a day; null: each is due at once. */
  due: Due | null;
}>;

/** A gap of so many days at most may open a run, so many times in seven days. */
export type AutoRepair = Readonly<{ maximumDays: number; perWeek: number }>;

export type Table = Readonly<{
  name: TableName;
  phase: PhaseName;
  key: readonly string[];
  dayColumn: string;
  columns: readonly Column[];
  requireDayFilter: boolean;
  needs: readonly Need[];
  /** Days at the start of each season without expected rows. */
  bootstrapDays: number;
  job: TableJob;
  checks: readonly Check[];
  /** The checks as policy `daily` has them; absent: as they are. */
  dailyChecks?: readonly Check[];
  /** `verified`: readers get a view of its VERIFIED days. */
  publish: 'verified' | null;
  /** Before this nobody misses a day, its own or its phase's; null: each is due at once. */
  due: Due | null;
  /** Null: no monitor opens a run for it. */
  autoRepair: AutoRepair | null;
}>;

export type Phase = Readonly<{
  name: PhaseName;
  /** Launches of the phase at the same time; null: as many as the pipeline allows. */
  parallelTables: number | null;
  /** By when all its tables are to be VERIFIED; null: nobody counts. */
  readyBy: Due | null;
  tables: readonly Table[];
}>;

/** An expected day or game that is not expected after all, and why. */
export type Exclusion = Readonly<{
  days: DaySet | null;
  seasonTypes: readonly string[];
  reason: string;
}>;

/** How the schedule table tells which days and games to expect. */
export type CalendarSpec = Readonly<{
  schedule: TableName;
  game: string;
  season: string;
  seasonType: string;
  home: string;
  away: string;
  /** GoogleSQL condition of a game that was played to its end. */
  final: string;
  /** GoogleSQL condition of a game that will not be played; null: every game is waited for. */
  calledOff: string | null;
  /** Season types that count. */
  seasonTypes: readonly string[];
  seasonStarts: readonly Readonly<{ season: number; start: Day }>[];
  exclusions: readonly Exclusion[];
}>;

/** A known exception: the named check may fail on these days. Past `until` it counts as absent. */
export type Waiver = Readonly<{
  table: TableName;
  check: string;
  days: DaySet;
  reason: string;
  who: string;
  until: Day;
}>;

/** Checks of several tables that are judged together under one name; `checks` null means all of a table. */
export type Gate = Readonly<{
  name: string;
  description: string | null;
  tables: readonly Readonly<{ table: TableName; checks: readonly string[] | null }>[];
}>;

/**
 * A promise that is kept less far than it was accepted, with a person's name to it. Without `check` it is the
 * table's own, without `field` every field of the check, or its removal. Past `until` it counts as absent.
 */
export type Loosened = Readonly<{
  table: TableName;
  check: string | null;
  field: string | null;
  reason: string;
  who: string;
  until: Day;
}>;

export type RetryPolicy = Readonly<{ attempts: number; backoffSeconds: number }>;

/** Repairs without a person, for each time that one asked. */
export type RepairPolicy = Readonly<{ attempts: number }>;

/** After so long a job is stopped and tried again; a phase or a run is stopped, and a person is told. */
export type Deadlines = Readonly<{ jobMinutes: number; phaseMinutes: number; runMinutes: number }>;

/** What one run may spend; null: no bound. */
export type Budget = Readonly<{ jobMinutes: number | null; bytes: number | null }>;

export type Pipeline = Readonly<{
  name: string;
  timeZone: string;
  /** What is expected, with an overlay laid over it. */
  calendar: CalendarSpec;
  /** The calendar as the pipeline file itself has it: what it promises, whatever data set it is run on. */
  ownCalendar: CalendarSpec;
  waivers: readonly Waiver[];
  loosened: readonly Loosened[];
  retry: RetryPolicy;
  repair: RepairPolicy;
  deadlines: Deadlines;
  budget: Budget;
  /** Launches of one pipeline at the same time. */
  parallelTables: number;
  /** No statement of a gate may read more: it is refused before it runs. */
  maximumBytesPerQuery: number;
  sources: readonly Source[];
  phases: readonly Phase[];
  gates: readonly Gate[];
  monitors: readonly Monitor[];
  /** Null: every alert through every channel that the world has. */
  alerts: AlertRules | null;
}>;

export function tablesOf(pipeline: Pipeline): readonly Table[] {
  return pipeline.phases.flatMap((phase) => phase.tables);
}

export function tableNamed(pipeline: Pipeline, name: TableName): Table | undefined {
  return tablesOf(pipeline).find((table) => table.name === name);
}

export function sourceNamed(pipeline: Pipeline, name: TableName): Source | undefined {
  return pipeline.sources.find((source) => source.name === name);
}

/** Null: each day is due at once. */
export function dueOf(pipeline: Pipeline, name: TableName): Due | null {
  return (tableNamed(pipeline, name) ?? sourceNamed(pipeline, name))?.due ?? null;
}

/** Whether `span` lies whole inside `range`: how absolute floors decide that they apply. */
export function covers(range: DaySpan, span: DaySpan): boolean {
  return range.from <= span.from && span.to <= range.to;
}

/** A pipeline together with the self-contained text it was read from, which is what a run pins. */
export type Definition = Readonly<{
  pipeline: Pipeline;
  hash: string;
  text: string;
  /** Absent where it was not read from files. */
  named?: DefinitionNames;
}>;

/** What a command is given to read a definition: a pipeline's short name or file, an overlay's file. Files by their whole path. */
export type DefinitionNames = Readonly<{ pipeline: string; overlay?: string }>;
