import type { Season } from './league.ts';
import { randomOf } from './random.ts';
import type { ScheduledGame } from './schedule.ts';
import { expectedEdges } from './strength.ts';
import type { Team } from './team.ts';

/** What a bookmaker expects of a regular game; it knows the teams' strength and not the result. */
export type Odds = Readonly<{
  game: ScheduledGame;
  favored: Team;
  /** Home handicap: negative when the home side is favoured. Never 0; a multiple of 0.5. */
  spreadHome: number;
  total: number;
  moneylineHome: number;
  moneylineAway: number;
  secondHalfSpread: number;
  secondHalfTotal: number;
}>;

export function oddsOf(season: Season, game: ScheduledGame): Odds {
  const random = randomOf(season.seed, game.gameId, 'odds');
  const edges = expectedEdges(season, game);
  const spread = -toHalf(edges.home - edges.away + 1.2 * random.normal()) || -1;
  const total = toHalf(225 + edges.home + edges.away + 3 * random.normal());
  const [favourite, underdog] = moneylines(Math.abs(spread));
  const homeFavoured = spread < 0;
  return {
    game,
    favored: homeFavoured ? game.home : game.away,
    spreadHome: spread,
    total,
    moneylineHome: homeFavoured ? favourite : underdog,
    moneylineAway: homeFavoured ? underdog : favourite,
    secondHalfSpread: toHalf(Math.abs(spread) / 2),
    secondHalfTotal: toHalf(total / 2 - 0.5),
  };
}

/** American odds in steps of five, further apart the larger the handicap. */
function moneylines(handicap: number): readonly [favourite: number, underdog: number] {
  const price = 105 + 13 * handicap + 1.8 * handicap * handicap;
  const favourite = 5 * Math.round(price / 5);
  return [-favourite, Math.max(100, 5 * Math.round((favourite * 0.84) / 5))];
}

function toHalf(points: number): number {
  return Math.round(points * 2) / 2;
}
