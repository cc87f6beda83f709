import type { DaySet } from '../day-set.ts';
import type { Verdict } from '../verdict.ts';
import type { OpenedRepair } from './auto-repair.ts';
import type { AlertSeverity } from './monitor.ts';

/** One trouble that a monitor sees, however many tables and checks show it. */
export type Finding = Readonly<{
  /** What the trouble is, the same as long as it lasts and whatever its numbers: `source/nba_raw.nbac_schedule`. */
  cause: string;
  severity: AlertSeverity;
  /** In one line, without its days. */
  title: string;
  /** The days that it is about, if any: as long as it is open, they are looked at. */
  days: DaySet;
  /** Numbers against what is accepted, and what stands behind it; a line each. */
  details: readonly string[];
  /** What to do, a command where there is one. */
  next: string | null;
}>;

/** What one run of a monitor saw. */
export type Observation = Readonly<{
  verdict: Verdict | 'IDLE';
  /** In one line: what was looked at, or why nothing had to be. */
  message: string;
  findings: readonly Finding[];
  /** Whether something that was open, and that it did not see, is over: it looked there, and could have seen it. */
  isOver: (open: Finding) => boolean;
  /** A run that is to be opened for one of the findings. */
  repair?: OpenedRepair;
  /** All of it, for who looks by hand. */
  shown?: readonly string[];
  /** Told whatever was found. */
  told?: Readonly<{ text: string; severity: AlertSeverity }>;
}>;

/** A run of a monitor, as it is kept. A finding is no failure of the monitor. */
export type MonitorRun = Readonly<{
  /** What tells it from any other: the time that was asked for, or the message that named none. */
  asked: string;
  due: string;
  startedAt: string;
  endedAt: string;
  verdict: Observation['verdict'];
  message: string;
  findings: number;
  /** The evidence of what it judged; null where it keeps none. */
  evidence: string | null;
}>;
