import { type Calendar, seasonOf } from './calendar.ts';
import { type DaySet, daySetOf, eachDay } from './day-set.ts';
import { addDays, type Day } from './days.ts';
import type { Need } from './pipeline.ts';

/** Instants by day; a day that is absent never changed. */
export type ChangedAt = ReadonlyMap<Day, string>;

/** When an upstream table changed: by day, or as a whole where it has no days. */
export type Changes = ChangedAt | Readonly<{ whole: string }>;

/**
 * Days that were written before something they read changed. A day that was never written is not stale.
 *
 * @param readAt when the last write of each day took its snapshot
 * @param changesOf of each upstream table, when it last changed
 */
export function staleDays(
  calendar: Calendar,
  expected: DaySet,
  needs: readonly Need[],
  readAt: ChangedAt,
  changesOf: (need: Need) => Changes,
): DaySet {
  const stale = new Set<Day>();
  for (const need of needs) {
    const lastChange = lastChangeBefore(calendar, need, changesOf(need));
    for (const day of eachDay(expected)) {
      const read = readAt.get(day);
      if (read !== undefined && lastChange(day) > read) stale.add(day);
    }
  }
  return daySetOf(stale);
}

/** For a day, the latest change among the days it reads; the empty text, which is before every instant, when there is none. */
function lastChangeBefore(calendar: Calendar, { window }: Need, changed: Changes) {
  if ('whole' in changed) return () => changed.whole;
  if (window.kind === 'same-day') return (day: Day) => changed.get(day) ?? '';
  if (window.kind === 'days') {
    return (day: Day) => {
      const first = seasonOf(calendar, day)?.days[0]?.from ?? day;
      let latest = '';
      for (let back = 1; back <= window.days; back++) {
        const read = addDays(day, -back);
        if (read < first) break;
        const at = changed.get(read) ?? '';
        if (at > latest) latest = at;
      }
      return latest;
    };
  }
  const before = new Map<Day, string>();
  for (const season of calendar.seasons) {
    let latest = '';
    for (const day of eachDay(season.days)) {
      before.set(day, latest);
      const at = changed.get(day) ?? '';
      if (at > latest) latest = at;
    }
  }
  return (day: Day) => before.get(day) ?? '';
}
