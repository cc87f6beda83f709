import { type DayHistory, stillRunning } from '../day-history.ts';
import { daySetOf } from '../day-set.ts';
import { unknown } from '../judge/facts.ts';
import type { Base } from './base.ts';
import type { CheckKind } from './kind.ts';

const HOUR_MS = 3_600_000;

/**
 * How the jobs of the table fared, by run history: no day is left `running` for longer than allowed,
 * the last word on no day is `failed`, and no day was launched too often within any 24 hours.
 */
export type Lifecycle = Base &
  Readonly<{
    kind: 'lifecycle';
    runningHoursAtMost: number;
    /** Launches of one day of data within any 24 hours; null: any number. */
    launchesPerDayAtMost: number | null;
  }>;

export const lifecycle: CheckKind<Lifecycle> = {
  reads: () => ({ own: [] }),
  columns: () => [],
  problems: ({ launchesPerDayAtMost }) =>
    launchesPerDayAtMost === 0 ? ['launchesPerDayAtMost is 0, so every launch would break it'] : [],
  judge: ({ runningHoursAtMost, launchesPerDayAtMost }, { history, now }, days) => {
    const told = days.flatMap((day) => {
      const past = history.get(day);
      return past === undefined ? [] : [{ day, past }];
    });
    const bounds = `none running for more than ${runningHoursAtMost} h, none failed`;
    const expected =
      launchesPerDayAtMost === null
        ? bounds
        : `${bounds}, at most ${launchesPerDayAtMost} launches of a day in 24 h`;
    if (told.length === 0) {
      return { ...unknown('run history says nothing of any of these days'), expected };
    }
    const of = (breaks: (past: DayHistory) => boolean) =>
      told.filter(({ past }) => breaks(past)).map(({ day }) => day);
    const stuck = of((past) => hoursRunning(past, now) > runningHoursAtMost);
    const failed = of((past) => stillRunning(past) === undefined && past.status === 'failed');
    const stormy = of((past) => busiestDay(past) > (launchesPerDayAtMost ?? Number.MAX_VALUE));
    const bad = daySetOf([...stuck, ...failed, ...stormy]);
    const untold = days.length - told.length;
    const observed = [
      `${told.length} days with run history`,
      ...(stuck.length > 0 ? [`${stuck.length} still running`] : []),
      ...(failed.length > 0 ? [`${failed.length} failed`] : []),
      ...(stormy.length > 0 ? [`${stormy.length} launched too often`] : []),
      ...(untold > 0 ? [`${untold} without any`] : []),
    ].join(', ');
    const worst = [
      exampleOf(stuck, (day) => `${day} has been running since ${startOf(history.get(day))}`),
      exampleOf(failed, (day) => `${day} failed: ${wordOf(history.get(day))}`),
      exampleOf(stormy, (day) => `${day} had ${busiestDay(history.get(day))} launches within 24 h`),
    ].flat();
    return {
      verdict: bad.length === 0 ? 'PASS' : 'FAIL',
      observed,
      expected,
      days: bad,
      message: [observed, ...worst].join('; '),
    };
  },
};

function hoursRunning(past: DayHistory, now: string): number {
  const running = stillRunning(past);
  return running === undefined ? 0 : (Date.parse(now) - Date.parse(running.startedAt)) / HOUR_MS;
}

/** The most launches that began within 24 hours of one of them. */
function busiestDay(past: DayHistory | undefined): number {
  const starts = (past?.launches ?? []).map(({ startedAt }) => Date.parse(startedAt));
  const within = starts.map(
    (first) => starts.filter((start) => first <= start && start < first + 24 * HOUR_MS).length,
  );
  return Math.max(0, ...within);
}

function exampleOf<Day>(days: readonly Day[], say: (day: Day) => string): readonly string[] {
  return days.slice(0, 1).map(say);
}

const startOf = (past: DayHistory | undefined) => past?.launches.at(-1)?.startedAt;
const wordOf = (past: DayHistory | undefined) =>
  past?.launches.findLast(({ status }) => status === 'failed')?.message ?? 'no reason given';
