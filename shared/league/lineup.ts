import type { Season } from './league.ts';
import type { Player } from './player.ts';
import { type Random, randomOf } from './random.ts';
import type { ScheduledGame } from './schedule.ts';
import { availableOn } from './squad.ts';
import type { Team } from './team.ts';

/** A player who plays, and how the coach weighs him tonight. */
export type Dressed = Readonly<{ player: Player; weight: number }>;

/** The eight to twelve players of the side who play in the game, most used first. */
export function dressFor(season: Season, game: ScheduledGame, side: Team): Dressed[] {
  const random = randomOf(season.seed, game.gameId, 'lineup', side.tricode);
  const available = availableOn(season.members, season.teams.indexOf(side), game.day);
  const wanted = 8 + random.weighted([1, 4, 9, 8, 3]);
  return available
    .map((player) => ({ player, weight: weightTonight(player, random) }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, wanted);
}

export type Tally = Readonly<{ games: number; lastTeam: string }>;

/** Games played by each player of the season, and the team of his last one; by the player's id. */
export function tallyGames(season: Season): Map<number, Tally> {
  const tallies = new Map<number, Tally>();
  for (const game of season.schedule.filter((game) => game.seasonType === 'regular')) {
    for (const side of [game.home, game.away]) {
      for (const { player } of dressFor(season, game, side)) {
        const games = (tallies.get(player.id)?.games ?? 0) + 1;
        tallies.set(player.id, { games, lastTeam: side.tricode });
      }
    }
  }
  return tallies;
}

function weightTonight(player: Player, random: Random): number {
  return Math.max(3, player.skills.minutes * (1 + 0.1 * random.normal()) + 2.5 * random.normal());
}
