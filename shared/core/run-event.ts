import type { Calendar } from './calendar.ts';
import type { DaySet } from './day-set.ts';
import type { Day } from './days.ts';
import type { PhaseName, RunId, TableName } from './ids.ts';
import type { OutcomeDays } from './outcome.ts';
import type { DefinitionNames } from './pipeline.ts';
import type { Instant, RunRequest } from './run.ts';
import type { Verdict } from './verdict.ts';

/**
 * Why a job did not do its work. Only `transient` and `permanent` are failures of the table. `interrupted`: the
 * machine under it went away. `not-ready`: what it reads is not due yet. `quota`: the platform refuses for now.
 * `cancelled`: we asked it to stop.
 */
export type JobFailure =
  | 'transient'
  | 'permanent'
  | 'interrupted'
  | 'not-ready'
  | 'quota'
  | 'cancelled';

export type TableVerdict = Readonly<{
  verdict: Verdict;
  badDays: DaySet;
  message: string;
  evidence: string;
  /** Fingerprint of the table's day states that the verdict rests on; absent where nothing was read. */
  token?: string;
}>;

/** Who asked for something, and why. */
export type Signed = Readonly<{ by: string; reason: string; at: Instant }>;

/** What a person asks of a run that is there; the rest of the message is who and why. */
export type Asking =
  | Readonly<{ type: 'repair-requested' } & Signed>
  | Readonly<{ type: 'retry-requested' } & Signed>
  | Readonly<{ type: 'cancel-requested' } & Signed>
  | Readonly<{ type: 'pause-requested' } & Signed>
  | Readonly<{ type: 'resume-requested' } & Signed>
  | Readonly<{ type: 'override-signed'; table: TableName; until: Day } & Signed>
  /** `evidence`: SHA-256 of each table's evidence, by its id. */
  | Readonly<{ type: 'signed-off'; evidence: Readonly<Record<string, string>> } & Signed>;

/** Something that happened, in the past tense. Facts only: never a request to us, never a log line. */
export type RunEvent =
  | Asking
  | Readonly<
      {
        type: 'run-requested';
        run: RunId;
        request: RunRequest;
        definition: string;
        startedWith?: DefinitionNames;
        /** The plan that was agreed to: with another one the run does nothing. */
        plan?: string;
        /** The jobs' image, pinned for the whole run. */
        image?: string;
        /** What was deployed where the run was asked for. */
        version?: string;
      } & Signed
    >
  | Readonly<{
      type: 'outcomes-read';
      round: number;
      calendar: Calendar;
      outcomes: Readonly<Record<TableName, OutcomeDays>>;
      /** Of the table days that launches say they filled, how many are empty now. */
      vanished?: Readonly<{ days: number; of: number }>;
      bytes?: number;
      at: Instant;
    }>
  | Readonly<{ type: 'outcomes-unreadable'; round: number; message: string; at: Instant }>
  /** A statement takes longer than a handler may, or a launch may still write: the question is asked again a minute later. */
  | Readonly<{ type: 'gate-waiting'; round: number; job: string; at: Instant }>
  | Readonly<{
      type: 'launch-confirmed';
      table: TableName;
      attempt: number;
      execution: string;
      /** What the job will read, by a dry run; absent: not known. */
      bytes?: number;
      at: Instant;
    }>
  /** A table that a launch was to read is no longer what its gate judged. */
  | Readonly<{
      type: 'upstream-changed';
      table: TableName;
      attempt: number;
      upstream: TableName;
      /** What its judgement rested on that no longer holds; absent: it is being looked at again anyway. */
      token?: string;
      at: Instant;
    }>
  | Readonly<{ type: 'job-succeeded'; table: TableName; attempt: number; at: Instant }>
  | Readonly<{
      type: 'job-failed';
      table: TableName;
      attempt: number;
      failure: JobFailure;
      message: string;
      /** Of `not-ready` and `quota`: not before this. */
      retryAt?: Instant;
      at: Instant;
    }>
  | Readonly<
      {
        type: 'gate-judged';
        table: TableName;
        round: number;
        attempt: number;
        look?: number;
        bytes?: number;
        at: Instant;
      } & TableVerdict
    >
  | Readonly<{
      type: 'roll-called';
      phase: PhaseName;
      round: number;
      look?: number;
      tables: Readonly<Record<TableName, TableVerdict>>;
      /** When the phase passes: the days of the range that the verified views of its tables show. */
      published?: Readonly<Record<TableName, DaySet>>;
      /** When it does not: the days whose trouble begins in the table itself. Writing these again may mend it. */
      causes?: Readonly<Record<TableName, DaySet>>;
      bytes?: number;
      at: Instant;
    }>
  | Readonly<{ type: 'clock-ticked'; at: Instant }>;

export type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;
