import type { Calendar } from './calendar.ts';
import type { DaySet } from './day-set.ts';
import type { Day } from './days.ts';
import type { LaunchId, PhaseName, RunId, TableName } from './ids.ts';
import type { DefinitionNames } from './pipeline.ts';
import type { Signed } from './run-event.ts';
import type { TableState } from './table-state.ts';

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

export type PhaseState = 'waiting' | 'open' | 'calling-roll' | 'passed' | 'blocked';

/**
 * `reading`: finding out what there is to do. `cancelling`: executions are being stopped. The last four are at
 * rest; a repair, a retry or an override wakes `blocked` and `failed`.
 */
export type RunStatus =
  | 'reading'
  | 'live'
  | 'cancelling'
  | 'passed'
  | 'blocked'
  | 'failed'
  | 'cancelled';

export type SignOff = Signed & Readonly<{ evidence: Readonly<Record<string, string>> }>;

/** A person signed for a gate that refused; kept with the run whatever became of it. */
export type Override = Signed & Readonly<{ table: TableName; until: Day; refused: string }>;

export type RunState = Readonly<{
  schema: 2;
  run: RunId;
  request: RunRequest;
  /** Hash of the pipeline definition the run was started with, and ends with. */
  definition: string;
  /** How a command names that definition; absent: not known. */
  startedWith?: DefinitionNames;
  /** The plan that was agreed to; null: any. */
  plan: string | null;
  /** The image that the job that ships is launched with throughout the run; null: it has none where that was started. */
  image: string | null;
  /** What was deployed where it was asked for; absent: not known. */
  version?: string;
  status: RunStatus;
  /** When somebody last set it going; the run's deadline counts from here. */
  since: Instant;
  /** When it came to rest; null while it is not. */
  endedAt: Instant | null;
  /** Counts plans: 1 at the start, one more for each repair and retry. */
  round: number;
  /** Counts how often a table that had passed had to be looked at again; gates and rolls say under which they were asked. */
  look: number;
  calendar: Calendar;
  phases: Readonly<Record<PhaseName, PhaseState>>;
  /** When the phase that is open was opened. */
  phaseSince: Instant;
  tables: Readonly<Record<TableName, TableState>>;
  /** The days of the range that this run's gates published since its last plan; absent: none. */
  published?: Readonly<Record<TableName, DaySet>>;
  /** Bad (table, day) pairs when this phase was last refused; a repair must shrink them. Null: none to compare with. */
  badDaysBefore: Readonly<{ phase: PhaseName; days: number }> | null;
  /** Repairs in all, and those that nobody asked for since a person last did. */
  repairs: Readonly<{ inAll: number; unasked: number }>;
  /** While somebody paused it, nothing is launched. */
  paused: Signed | null;
  /** Why everything is being stopped, and where that ends. */
  stopping: Readonly<{ to: 'cancelled' | 'failed'; message: string; since: Instant }> | null;
  spent: Readonly<{ jobMinutes: number; bytes: number }>;
  overrides: readonly Override[];
  signOffs: readonly SignOff[];
  message: string | null;
  /** The warehouse's job, or the launch, that a gate waits for while nobody holds its message; null: none. */
  waitingFor: string | null;
}>;

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
  | Readonly<{ kind: 'cancel-launch'; table: TableName; attempt: number; launch: LaunchId }>
  | Readonly<{ kind: 'run-gate'; table: TableName; round: number; attempt: number; look: number }>
  | Readonly<{ kind: 'call-roll'; phase: PhaseName; round: number; look: number }>
  | Readonly<{ kind: 'page-human'; key: string; text: string }>;

export type Step = Readonly<{ state: RunState; effects: readonly Effect[] }>;

/** What a run is before anything has happened to it. */
export const UNTOUCHED = {
  look: 0,
  badDaysBefore: null,
  repairs: { inAll: 0, unasked: 0 },
  paused: null,
  stopping: null,
  spent: { jobMinutes: 0, bytes: 0 },
  overrides: [],
  signOffs: [],
} as const satisfies Partial<RunState>;

export function isAtRest(status: RunStatus): boolean {
  return (
    status === 'passed' || status === 'blocked' || status === 'failed' || status === 'cancelled'
  );
}
