import type { TableName } from '../ids.ts';

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
      tables: readonly TableName[] | null;
      gate: string | null;
    }>
  /** Runs that nobody carries on: refused, failed, or past their deadline. */
  | Readonly<{
      what: 'runs';
      lookBackDays: number;
      /** A run that is refused or failed says so itself: only one that was left alone for so long is a finding. */
      leftAloneMinutes: number;
    }>
  /** The schedules themselves: each one that is expected exists, is right, and was answered. */
  | Readonly<{ what: 'schedules' }>
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
