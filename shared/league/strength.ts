import type { Random } from './random.ts';
import type { ScheduledGame } from './schedule.ts';
import type { Team } from './team.ts';

/** Points a game that a team scores, and prevents, beyond an average team. */
export type Strength = Readonly<{ offence: number; defence: number }>;

/** What playing at home is worth, in points of the margin. */
export const HOME_ADVANTAGE = 2.5;

export function drawStrengths(teams: number, random: Random): Strength[] {
  return Array.from({ length: teams }, () => ({
    offence: 2.2 * random.normal(),
    defence: 2 * random.normal(),
  }));
}

type Strengths = Readonly<{ teams: readonly Team[]; strengths: readonly Strength[] }>;

/** Points beyond the average that each side may expect of the game. */
export function expectedEdges(
  { teams, strengths }: Strengths,
  game: ScheduledGame,
): Readonly<{ home: number; away: number }> {
  const home = strengths[teams.indexOf(game.home)]!;
  const away = strengths[teams.indexOf(game.away)]!;
  return {
    home: home.offence - away.defence + HOME_ADVANTAGE / 2,
    away: away.offence - home.defence - HOME_ADVANTAGE / 2,
  };
}
