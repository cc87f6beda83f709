import type { Calendar } from './calendar.ts';
import type { DaySet } from './day-set.ts';
import type { Day } from './days.ts';
import type { LaunchId, PhaseName, RunId, TableName } from './ids.ts';
import type { OutcomeDays } from './outcome.ts';
import type { DefinitionNames } from './pipeline.ts';
import type { Verdict } from './verdict.ts';

/** An ISO instant in UTC with milliseconds: `2026-01-03T04:05:06.789Z`. Compares correctly as text. */
export type Instant = string;

/** `missing`: days neither VERIFIED nor UNJUDGED. `failed`: days that ran and are not good. `all`: every expected day. */
export type Mode = 'missing' | 'failed' | 'all';

/** What somebody asked for. Two equal requests name the same run while it is live. */
export type RunRequest = Readonly<{
  pipeline: string;
  from: Day;
  to: Day;
  phases: readonly PhaseName[];
  mode: Mode;
}>;

/** Where one table stands. Only a gate leads to `passed`; a job that ended well earns `verifying`. */
export type TableState =
  | Readonly<{
      tag: 'waiting';
      attempt: number;
      /** The attempt with which the present work began: what it and later ones wrote need not be written again. */
      firstAttempt: number;
      failures: number;
      days: DaySet;
      notBefore: Instant | null;
    }>
  | Readonly<{
      tag: 'launching' | 'running';
      attempt: number;
      firstAttempt: number;
      failures: number;
      days: DaySet;
    }>
  | Readonly<{ tag: 'verifying'; attempt: number; days: DaySet }>
  | Readonly<{ tag: 'passed' | 'passed-with-warnings'; attempt: number; evidence: string }>
  | Readonly<{
      tag: 'blocked';
      attempt: number;
      verdict: Verdict;
      badDays: DaySet;
      message: string;
      evidence: string;
    }>
  | Readonly<{ tag: 'failed'; attempt: number; days: DaySet; message: string }>
  | Readonly<{ tag: 'skipped'; attempt: number; days: DaySet; message: string }>;

export type PhaseState = 'waiting' | 'open' | 'calling-roll' | 'passed' | 'blocked';

/** `reading`: finding out what there is to do. The last three are at rest; a repair wakes the last two. */
export type RunStatus = 'reading' | 'live' | 'passed' | 'blocked' | 'failed';

export type RunState = Readonly<{
  schema: 1;
  run: RunId;
  request: RunRequest;
  /** Hash of the pipeline definition the run was started with, and ends with. */
  definition: string;
  /** How a command names that definition; absent: not known. */
  startedWith?: DefinitionNames;
  status: RunStatus;
  /** Counts readings of the outcomes: 1 at the start, one more for each repair. */
  round: number;
  calendar: Calendar;
  phases: Readonly<Record<PhaseName, PhaseState>>;
  tables: Readonly<Record<TableName, TableState>>;
  /** The days of the range that this run's gates published since its last plan; absent: none. */
  published?: Readonly<Record<TableName, DaySet>>;
  /** Bad (table, day) pairs when the run was last blocked; a repair must shrink them. */
  badDaysBefore: number | null;
  message: string | null;
  /** The warehouse's job that a gate waits for while nobody holds its message; null: none. */
  waitingFor: string | null;
}>;

/** Why a job did not do its work. `interrupted`: the machine under it went away; no attempt is used up. */
export type JobFailure = 'transient' | 'permanent' | 'interrupted';

export type TableVerdict = Readonly<{
  verdict: Verdict;
  badDays: DaySet;
  message: string;
  evidence: string;
}>;

/** Something that happened, in the past tense. Facts only: never a request to us, never a log line. */
export type RunEvent =
  | Readonly<{
      type: 'run-requested';
      run: RunId;
      request: RunRequest;
      definition: string;
      startedWith?: DefinitionNames;
      by: string;
      reason: string;
      at: Instant;
    }>
  | Readonly<{
      type: 'outcomes-read';
      round: number;
      calendar: Calendar;
      outcomes: Readonly<Record<TableName, OutcomeDays>>;
      at: Instant;
    }>
  | Readonly<{ type: 'outcomes-unreadable'; round: number; message: string; at: Instant }>
  /** A statement takes longer than a handler may: the question is asked again a minute later. */
  | Readonly<{ type: 'gate-waiting'; round: number; job: string; at: Instant }>
  | Readonly<{
      type: 'launch-confirmed';
      table: TableName;
      attempt: number;
      execution: string;
      at: Instant;
    }>
  | Readonly<{ type: 'job-succeeded'; table: TableName; attempt: number; at: Instant }>
  | Readonly<{
      type: 'job-failed';
      table: TableName;
      attempt: number;
      failure: JobFailure;
      message: string;
      at: Instant;
    }>
  | Readonly<
      {
        type: 'gate-judged';
        table: TableName;
        round: number;
        attempt: number;
        at: Instant;
      } & TableVerdict
    >
  | Readonly<{
      type: 'roll-called';
      phase: PhaseName;
      round: number;
      tables: Readonly<Record<TableName, TableVerdict>>;
      /** When the phase passes: the days of the range that the verified views of its tables show. */
      published?: Readonly<Record<TableName, DaySet>>;
      at: Instant;
    }>
  | Readonly<{ type: 'repair-requested'; by: string; reason: string; at: Instant }>
  | Readonly<{ type: 'clock-ticked'; at: Instant }>;

export type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;

/**
 * Something to do, in the imperative. The shell does it at least once, so an effect names its
 * target completely: doing it twice must equal doing it once.
 */
export type Effect =
  | Readonly<{ kind: 'read-outcomes'; round: number }>
  | Readonly<{
      kind: 'launch-table';
      table: TableName;
      attempt: number;
      firstAttempt: number;
      launch: LaunchId;
      days: DaySet;
    }>
  | Readonly<{ kind: 'run-gate'; table: TableName; round: number; attempt: number }>
  | Readonly<{ kind: 'call-roll'; phase: PhaseName; round: number }>
  | Readonly<{ kind: 'page-human'; key: string; text: string }>;

export type Step = Readonly<{ state: RunState; effects: readonly Effect[] }>;

export function isAtRest(status: RunStatus): boolean {
  return status === 'passed' || status === 'blocked' || status === 'failed';
}
