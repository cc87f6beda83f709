import type { TableName } from '../ids.ts';
import type { Policy } from '../policy.ts';
import type { DailyBudget } from './cost-findings.ts';
import type { FilePlace } from './file-findings.ts';

/** How loud an alert is, quietest first. */
export const ALERT_SEVERITIES = ['info', 'warning', 'error', 'critical'] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

/** The days that a monitor looks at, counted back from the day on which it is due, in the pipeline's zone. */
export type DaysBack = Readonly<{
  /** Null: from the start of the season. */
  first: number | null;
  last: number;
}>;

/** What a monitor looks at. */
export type Subject =
  /** Tables and sources, by the same checks as a gate. Without tables and gate: all that promise something. */
  | Readonly<{
      what: 'data';
      days: DaysBack;
      policy: Policy;
      tables: readonly TableName[] | null;
      gate: string | null;
    }>
  /** Runs that nobody carries on: refused, failed, past their deadline, or stuck between two steps. */
  | Readonly<{
      what: 'runs';
      lookBackDays: number;
      /** A run that is refused or failed says so itself: only one that was left alone for so long is a finding. */
      leftAloneMinutes: number;
      /** From one step to the next it is handed over sooner than this. */
      handOverMinutes: number;
    }>
  /** Days that hold other rows than the last launch told. */
  | Readonly<{ what: 'writes'; days: DaysBack }>
  /** Raw files: those of the last game days have come. */
  | Readonly<{ what: 'files'; places: readonly FilePlace[] }>
  /** Messages that nobody could handle, and that nobody has sent again. */
  | Readonly<{ what: 'dead-letters' }>
  /** What gates, monitors and jobs used of what they may. */
  | Readonly<{ what: 'cost'; perDay: DailyBudget }>
  /** The schedules themselves: each one that is expected exists, is right, and was answered. */
  | Readonly<{ what: 'schedules' }>
  /** The channels of alerts: each look sends a test through each of them, and sees who took it. */
  | Readonly<{ what: 'channels' }>
  /** Every expected day of every table and source, however old: what became of it, and whether it is overdue. */
  | Readonly<{ what: 'grid'; seasons: 'current' | 'all' }>
  /** Every finding that is open, and when each monitor last ended. It is always told. */
  | Readonly<{ what: 'digest' }>;

/** What somebody used to look at by hand, and when it is looked at now. */
export type Monitor = Readonly<{
  name: string;
  description: string | null;
  /** Five fields. */
  cron: string;
  timeZone: string;
  /** So long after it was due it must have ended. */
  deadlineMinutes: number;
  /** Of what it finds; a mere warning is told as one. */
  severity: AlertSeverity;
  /** The channel's name; null: wherever alerts of this severity go. */
  channel: string | null;
  judges: Subject;
}>;

/** The louder of two. */
export function louder(a: AlertSeverity, b: AlertSeverity): AlertSeverity {
  return ALERT_SEVERITIES.indexOf(a) >= ALERT_SEVERITIES.indexOf(b) ? a : b;
}
