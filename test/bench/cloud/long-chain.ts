import { allDays } from '../../../shared/core/calendar.ts';
import { eachDay } from '../../../shared/core/day-set.ts';
import type { Day } from '../../../shared/core/days.ts';
import { type Chain, chainOf } from '../core/chain.ts';

/** Tables of a run; the last one hands over to nothing. */
export const CHAIN_TABLES = 20;

/** The chain of 20 tables, whose schedule says when its seasons begin. */
export function longChain(): Chain {
  const { pipeline, ...chain } = chainOf(CHAIN_TABLES);
  const seasonStarts = chain.calendar.seasons.map(({ season, start }) => ({ season, start }));
  const calendar = { ...pipeline.calendar, seasonStarts };
  return { ...chain, pipeline: { ...pipeline, calendar, ownCalendar: calendar } };
}

/** Its days with games, oldest first, each with its season. */
export function gameDays({ calendar }: Chain): readonly Readonly<{ day: Day; season: number }>[] {
  return [...eachDay(allDays(calendar))].map((day) => {
    const found = calendar.seasons.findLast(({ start }) => start <= day);
    return { day, season: found?.season ?? 0 };
  });
}
