import type { DaySet } from './day-set.ts';
import type { Day } from './days.ts';
import type { Instant } from './run.ts';
import type { Verdict } from './verdict.ts';

/** What all attempts of the same work carry on. */
export type Work = Readonly<{
  attempt: number;
  /** The attempt with which the present work began: what it and later ones wrote need not be written again. */
  firstAttempt: number;
  failures: number;
  /** Executions that the machine under them took down. */
  interruptions: number;
  days: DaySet;
}>;

/** What a gate left behind when it let a table pass. */
export type Passed = Readonly<{
  attempt: number;
  evidence: string;
  /** Fingerprint of the day states it rests on; empty: not known. */
  token: string;
}>;

/**
 * Where one table stands. Only a gate leads to `passed`, and only a person's name to `overridden`; a job
 * that ended well earns `verifying`.
 */
export type TableState =
  | Readonly<{ tag: 'waiting'; notBefore: Instant | null } & Work>
  | Readonly<{ tag: 'launching' | 'running'; since: Instant } & Work>
  /** Launched at `since`, and asked to stop at `askedAt`; `next` is what follows its end. */
  | Readonly<
      {
        tag: 'cancelling';
        since: Instant;
        askedAt: Instant;
        next: 'retry' | 'stop';
        message: string;
      } & Work
    >
  | Readonly<{ tag: 'verifying'; attempt: number; days: DaySet; look: number }>
  | Readonly<{ tag: 'passed' | 'passed-with-warnings' } & Passed>
  | Readonly<{
      tag: 'overridden';
      attempt: number;
      evidence: string;
      by: string;
      reason: string;
      /** The last day, in the pipeline's time zone. */
      until: Day;
    }>
  | Readonly<{
      tag: 'blocked';
      attempt: number;
      verdict: Verdict;
      badDays: DaySet;
      message: string;
      evidence: string;
    }>
  | Readonly<{ tag: 'failed' | 'skipped'; attempt: number; days: DaySet; message: string }>;

/** Every way in which a table can stand. */
export const TABLE_TAGS = [
  'waiting',
  'launching',
  'running',
  'cancelling',
  'verifying',
  'passed',
  'passed-with-warnings',
  'overridden',
  'blocked',
  'failed',
  'skipped',
] as const satisfies readonly TableState['tag'][];

export type StateOf<Tag extends TableState['tag']> = Extract<TableState, { tag: Tag }>;

export type Busy = StateOf<'launching' | 'running' | 'cancelling'>;

/** Whether an execution of it may be there. */
export function isBusy(table: TableState | undefined): table is Busy {
  return table?.tag === 'launching' || table?.tag === 'running' || table?.tag === 'cancelling';
}

export function hasPassed(table: TableState | undefined): boolean {
  return (
    table?.tag === 'passed' || table?.tag === 'passed-with-warnings' || table?.tag === 'overridden'
  );
}

/** New work: nothing that earlier attempts wrote is taken for done. */
export function waitingFor(days: DaySet, attempt: number): StateOf<'waiting'> {
  const firstAttempt = attempt + 1;
  return {
    tag: 'waiting',
    attempt,
    firstAttempt,
    failures: 0,
    interruptions: 0,
    days,
    notBefore: null,
  };
}
