import { daySetOf } from '../day-set.ts';
import type { Day } from '../days.ts';
import { dueAt } from '../due.ts';
import { unknown } from '../judge/facts.ts';
import { numberOf } from '../profile.ts';
import { measure, ROW_COUNT } from '../state-item.ts';
import { howLate } from '../view/how-late.ts';
import type { Base } from './base.ts';
import type { CheckKind } from './kind.ts';

/**
 * Every expected day that is due has rows. A day is due `dueDays` days later, when the clocks of the
 * pipeline's zone show `dueTime`. Each day is asked for itself: a newer one does not speak for it.
 */
export type Freshness = Base &
  Readonly<{
    kind: 'freshness';
    dueDays: number;
    /** `HH:MM` */
    dueTime: string;
  }>;

export const freshness: CheckKind<Freshness> = {
  reads: () => ({ own: [measure(ROW_COUNT)] }),
  columns: () => [],
  judge: ({ dueDays, dueTime }, { profile, now, timeZone }, days) => {
    const instantOf = (day: Day) => dueAt({ daysAfter: dueDays, at: dueTime }, day, timeZone);
    const at = Date.parse(now);
    const due = days.filter((day) => instantOf(day) <= at);
    const toCome = days.length - due.length;
    const expected = `rows of each day ${dueDays} days later at ${dueTime} ${timeZone}`;
    const notYet = toCome === 0 ? '' : `; ${toCome} days are not due yet`;
    if (due.length === 0) {
      const observed = `no day is due yet, ${toCome} are to come`;
      return { ...unknown(`${observed}, so nothing was shown`), observed, expected };
    }
    const overdue = due.filter((day) => numberOf(profile.days.get(day), ROW_COUNT) === 0);
    const observed = `${due.length - overdue.length}/${due.length} due days have rows${notYet}`;
    const oldest = overdue[0];
    if (oldest === undefined) {
      return { verdict: 'PASS', observed, expected, days: [], message: observed };
    }
    const since = new Date(instantOf(oldest)).toISOString();
    return {
      verdict: 'FAIL',
      observed,
      expected,
      days: daySetOf(overdue),
      message: `${overdue.length} days are overdue; the oldest, ${oldest}, was due ${since}, ${howLate(at - instantOf(oldest))} ago${notYet}`,
    };
  },
};
