import type { AlertParts } from './alerts/alert-parts.ts';
import type { DaySet } from './day-set.ts';
import type { Day } from './days.ts';
import type { LaunchId, PhaseName, RunId, TableName } from './ids.ts';
import type { AlertSeverity } from './monitor/monitor.ts';
import type { Instant, RunRequest } from './run.ts';
import type { JobFailure } from './run-event.ts';

/** A start message that was read; on the wire the request's fields stand beside the others. */
export type StartMessage = Readonly<{
  request: RunRequest;
  requestedBy: string;
  reason: string;
  /** The hash of the plan that was agreed to; absent: whatever there is to do. */
  plan?: string;
}>;

/** On the start topic, with a run instead of a range: what a person asks of a run that is there. */
export type AskingMessage = Readonly<{ run: RunId; requestedBy: string; reason: string }> &
  (
    | Readonly<{ what: 'repair' | 'retry' | 'cancel' | 'pause' | 'resume' }>
    | Readonly<{ what: 'override'; table: TableName; until: Day }>
    | Readonly<{ what: 'signoff'; evidence: Readonly<Record<string, string>> }>
  );

/** Topic `phasegate-job-finished`: how an execution ended. */
export type JobFinishedMessage = Readonly<{
  run: RunId;
  launch: LaunchId;
  table: TableName;
  attempt: number;
  result: 'succeeded' | JobFailure;
  message: string;
  /** Of `not-ready` and `quota`: not before this. */
  retryAt?: Instant;
  /** Numbers that the job published about itself: `{"mae": 4.19}`. */
  metrics: Readonly<Record<string, number>>;
}>;

/** Topic `phasegate-gate-requested`: read the data and say what it shows. */
export type GateRequestedMessage = Readonly<{ run: RunId; round: number }> &
  (
    | Readonly<{ what: 'outcomes' }>
    | Readonly<{ what: 'table'; table: TableName; attempt: number; look: number }>
    | Readonly<{ what: 'phase'; phase: PhaseName; look: number }>
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

/** Topic `phasegate-launch-requested` as well: stop the execution of this launch, or see that it never starts. */
export type CancelLaunchMessage = Readonly<{
  run: RunId;
  table: TableName;
  attempt: number;
  launch: LaunchId;
  cancel: true;
}>;

/** Topic `phasegate-monitor-due`: a monitor is to look now. Without `due` the last time that its cron names. */
export type MonitorDueMessage = Readonly<{ monitor: string; due: Instant | null }>;

/** Topic `phasegate-alerts`. `run` is null where it concerns none. */
export type AlertMessage = Readonly<{
  run: RunId | null;
  /** The same for each delivery of one alert. */
  key: string;
  /** What it is about, whatever its numbers and however often it comes; absent: the key. */
  cause?: string;
  text: string;
  /** What the text says, in parts; absent in messages of a release before. */
  parts?: AlertParts;
  /** Absent: `error`. */
  severity?: AlertSeverity;
  /** The channel's name; absent: wherever alerts of this severity go. */
  channel?: string;
  /** A test of the channels: through each one that there is, whatever the routes say. */
  isTest?: boolean;
}>;
