import { addDays, type Day } from '../days.ts';
import type { CalendarSpec } from '../pipeline.ts';

/** One season, from its first day to its last, or to yesterday. */
export type SeasonRange = Readonly<{ season: number; from: Day; to: Day }>;

/** The declared seasons that have begun, oldest first. */
export function seasonsBegun(
  { seasonStarts }: CalendarSpec,
  yesterday: Day,
): readonly SeasonRange[] {
  const begun = seasonStarts
    .filter(({ start }) => start <= yesterday)
    .toSorted((a, b) => (a.start < b.start ? -1 : 1));
  return begun.map(({ season, start }, index) => {
    const next = begun[index + 1]?.start;
    return { season, from: start, to: next === undefined ? yesterday : addDays(next, -1) };
  });
}
