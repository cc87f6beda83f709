import { addDays, type Day } from '../core/days.ts';
import type { Random } from './random.ts';
import type { Pairing, Round } from './rounds.ts';
import { playableFrom, weekdayOf } from './season-calendar.ts';

export type DatedPairing = Pairing & Readonly<{ day: Day }>;

/** How busy each weekday is, Sunday first. */
const LOAD = [7, 8, 7, 10, 4, 10, 8];
/** A round with fewer games is played on one day. */
const SPLIT_FROM = 5;

/**
 * Puts rounds on days, in order. Each round has days of its own, one or two, so no team plays twice
 * on a date, and plays on two days running when a late game of one round meets an early one of the
 * next. Opening night has two games.
 */
export function dateRounds(
  seasonYear: number,
  start: Day,
  rounds: readonly Round[],
  random: Random,
): DatedPairing[] {
  let day = start;
  const next = () => {
    const playable = playableFrom(seasonYear, day);
    day = addDays(playable, 1);
    return playable;
  };
  return rounds.flatMap((round, index) => {
    const first = next();
    if (round.length < SPLIT_FROM) {
      if (random.chance(0.3)) day = addDays(day, 1);
      return round.map((pairing) => ({ ...pairing, day: first }));
    }
    const second = next();
    const early = index === 0 ? 2 : earlyGames(round.length, first, second, random);
    return round.map((pairing, at) => ({ ...pairing, day: at < early ? first : second }));
  });
}

function earlyGames(games: number, first: Day, second: Day, random: Random): number {
  const [one, other] = [LOAD[weekdayOf(first)]!, LOAD[weekdayOf(second)]!];
  const share = one / (one + other) + 0.08 * random.normal();
  return Math.min(games - 2, Math.max(2, Math.round(games * share)));
}
