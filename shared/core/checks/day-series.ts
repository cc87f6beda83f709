import { countDays, type DaySet, NO_DAYS } from '../day-set.ts';
import type { Day } from '../days.ts';
import type { TableFacts } from '../judge/facts.ts';
import { numberOf } from '../profile.ts';
import type { Base } from './base.ts';
import { type DailyMetric, measuresOf } from './daily-metric.ts';

/** Looks at many days together. A range of fewer expected days is too short for it: it does not apply there. */
export type OverDays = Base & Readonly<{ minimumDays: number }>;

/** What a metric is the quotient of: rows that hold of rows, a sum of values, rows of games. */
export type Parts = Readonly<{ part: number; whole: number }>;

/** A day on which the metric has a value. */
export type DayPoint = Parts & Readonly<{ day: Day; value: number }>;

export function longEnough({ minimumDays }: OverDays, days: DaySet): DaySet {
  return countDays(days) < minimumDays ? NO_DAYS : days;
}

export function partsOn(metric: DailyMetric, facts: TableFacts, day: Day): Parts {
  const [part = '', whole = ''] = measuresOf(metric);
  const state = facts.profile.days.get(day);
  return {
    part: numberOf(state, part),
    whole:
      metric.of === 'rows-per-game'
        ? (facts.schedule.games.get(day)?.length ?? 0)
        : numberOf(state, whole),
  };
}

/** The days on which there is something to divide by, in the order given. */
export function seriesOf(
  metric: DailyMetric,
  facts: TableFacts,
  days: readonly Day[],
): readonly DayPoint[] {
  return days.flatMap((day) => {
    const parts = partsOn(metric, facts, day);
    return parts.whole === 0 ? [] : [{ day, ...parts, value: quotientOf(metric, parts) }];
  });
}

export function totalOf(points: readonly Parts[]): Parts {
  return points.reduce(
    (sum, { part, whole }) => ({ part: sum.part + part, whole: sum.whole + whole }),
    { part: 0, whole: 0 },
  );
}

export function quotientOf({ of }: DailyMetric, { part, whole }: Parts): number {
  return (of === 'share' ? 100 * part : part) / whole;
}
