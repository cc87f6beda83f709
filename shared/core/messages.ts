import type { DaySet } from './day-set.ts';
import type { LaunchId, PhaseName, RunId, TableName } from './ids.ts';
import type { RunRequest } from './run.ts';

/** A start message that was read; on the wire the request's fields stand beside the others. */
export type StartMessage = Readonly<{ request: RunRequest; requestedBy: string; reason: string }>;

/** A start message with `repair`: go on with a run that is blocked or failed. */
export type RepairMessage = Readonly<{ run: RunId; requestedBy: string; reason: string }>;

/** Topic `phasegate-job-finished`: how an execution ended. */
export type JobFinishedMessage = Readonly<{
  run: RunId;
  launch: LaunchId;
  table: TableName;
  attempt: number;
  result: 'succeeded' | 'transient' | 'permanent' | 'interrupted';
  message: string;
  /** Numbers that the job published about itself: `{"mae": 4.19}`. */
  metrics: Readonly<Record<string, number>>;
}>;

/** Topic `phasegate-gate-requested`: read the data and say what it shows. */
export type GateRequestedMessage = Readonly<{ run: RunId; round: number }> &
  (
    | Readonly<{ what: 'outcomes' }>
    | Readonly<{ what: 'table'; table: TableName; attempt: number }>
    | Readonly<{ what: 'phase'; phase: PhaseName }>
  );

/** Topic `phasegate-launch-requested`. */
export type LaunchRequestedMessage = Readonly<{
  run: RunId;
  table: TableName;
  attempt: number;
  /** What this attempt of the table and later ones wrote need not be written again. */
  firstAttempt: number;
  launch: LaunchId;
  days: DaySet;
}>;

/** Topic `phasegate-alerts`. */
export type AlertMessage = Readonly<{ run: RunId; key: string; text: string }>;
