import type { Day } from '../core/days.ts';
import type { League } from './league.ts';

/** Games that never arrived: a run of the schedule. */
export type MissingGames = Readonly<{
  /** In the order of the schedule. */
  gameIds: ReadonlySet<string>;
  /** Ascending. On the first and on the last day other games may have arrived. */
  days: readonly Day[];
}>;

/**
 * `count` regular games of the first season that follow one another in the schedule, from the first
 * week of January on. A season that is too short for that loses games of its middle, and all of
 * them if it has no more than `count`.
 */
export function missingGames(league: League, count: number): MissingGames {
  const [season] = league.seasons;
  const regular = (season?.schedule ?? []).filter((game) => game.seasonType === 'regular');
  const newYear = `${(season?.seasonYear ?? 0) + 1}-01-03`;
  const january = regular.findIndex((game) => game.day >= newYear);
  const firstOfDay = regular.filter((game) => game.day === regular[january]?.day).length;
  const wanted = january + Math.floor(firstOfDay / 2);
  const fits = january > 0 && wanted + count <= regular.length;
  const start = fits ? wanted : Math.max(0, Math.floor((regular.length - count) / 2));
  const missing = regular.slice(start, start + count);
  return {
    gameIds: new Set(missing.map((game) => game.gameId)),
    days: [...new Set(missing.map((game) => game.day))],
  };
}
