import type { Instant } from './run.ts';

/** What run history says of one launch on one day of one table; its last word, once it has ended. */
export type LaunchWord = Readonly<{
  launch: string;
  status: 'running' | 'success' | 'failed';
  /** When it first said anything, and when it said this. */
  startedAt: Instant;
  saidAt: Instant;
  /** The warehouse's clock when the job took its snapshot; null when it never wrote. */
  readAt: Instant | null;
  /** Rows that the day held after the write, as the job reported them; null when it did not. */
  rows: number | null;
  message: string | null;
}>;

/** What run history says of one day of one table. */
export type DayHistory = Readonly<{
  /** How the launch ended that ended last; `running` when none has ended yet. */
  status: LaunchWord['status'];
  /** The last snapshot of any launch; null when none ever wrote. */
  readAt: Instant | null;
  /** Each launch once, the one that started first first. Never empty. */
  launches: readonly LaunchWord[];
}>;

/**
 * Folds the words of all launches of one day. A launch that ended outweighs one that only began, so
 * that a marker left behind never hides how the day ended.
 */
export function dayHistoryOf(words: readonly LaunchWord[]): DayHistory {
  const launches = words.toSorted(byStart);
  const readAts = launches.flatMap(({ readAt }) => readAt ?? []);
  return {
    status: lastEnded(launches)?.status ?? 'running',
    readAt: readAts.length === 0 ? null : readAts.reduce((a, b) => (a > b ? a : b)),
    launches,
  };
}

/**
 * The earliest that rows which changed at this instant may have been read: the last snapshot that a launch told. Where none
 * did, the start of the first launch before it that told no success: its statement may have gone on without it.
 * Null: nobody of ours can have written them.
 */
export function snapshotBefore(
  { readAt, launches }: DayHistory,
  changedAt: Instant,
): Instant | null {
  const silent = launches.find(
    ({ status, startedAt }) => status !== 'success' && startedAt <= changedAt,
  );
  return readAt ?? silent?.startedAt ?? null;
}

/** The launch that ended last; undefined while none has. */
export function lastEnded(launches: readonly LaunchWord[]): LaunchWord | undefined {
  return launches
    .filter(({ status }) => status !== 'running')
    .toSorted((a, b) => compare(a.saidAt, b.saidAt) || compare(a.launch, b.launch))
    .at(-1);
}

/** The launch that started last, if it has not ended: older ones that never ended are superseded by it. */
export function stillRunning({ launches }: DayHistory): LaunchWord | undefined {
  const last = launches.at(-1);
  return last?.status === 'running' ? last : undefined;
}

function byStart(a: LaunchWord, b: LaunchWord): number {
  return compare(a.startedAt, b.startedAt) || compare(a.launch, b.launch);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
