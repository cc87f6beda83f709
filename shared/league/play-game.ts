import { PhasegateError } from '../core/errors.ts';
import { contest } from './contest.ts';
import { creditPlayers } from './credit.ts';
import type { Game, TeamBox } from './game.ts';
import type { League, Season } from './league.ts';
import { dressFor } from './lineup.ts';
import { shareMinutes, teamMinutes } from './minutes.ts';
import { pointsOf, type Spot } from './offence.ts';
import { sharePlusMinus } from './plus-minus.ts';
import { randomOf } from './random.ts';
import type { ScheduledGame } from './schedule.ts';
import { type StatLine, sumLines } from './stat-line.ts';
import { expectedEdges } from './strength.ts';
import type { Team } from './team.ts';

/** How many of a thousand games have 0, 1, 2, 3 overtimes. */
const OVERTIMES = [945, 44, 8, 3];
/** How many of nine teams have 0, 1, 2 turnovers of nobody in particular. */
const TEAM_TURNOVERS = [5, 3, 1];

/**
 * Always the same for the same game of the season, whatever was played before.
 *
 * @throws PhasegateError `invalid-input` for an exhibition: nobody knows who played in it
 */
export function playGame(season: Season, scheduled: ScheduledGame): Game {
  if (scheduled.seasonType !== 'regular') {
    throw new PhasegateError('invalid-input', `${scheduled.gameId} is not a regular game`);
  }
  const random = randomOf(season.seed, scheduled.gameId, 'game');
  const overtimes = random.weighted(OVERTIMES);
  const edges = expectedEdges(season, scheduled);
  const home = { edge: edges.home, lineup: lineUp(season, scheduled, scheduled.home, overtimes) };
  const away = { edge: edges.away, lineup: lineUp(season, scheduled, scheduled.away, overtimes) };

  const tries = contest({ home, away }, overtimes, random);
  const lines = creditPlayers(
    { lineup: home.lineup, tries: tries.home },
    { lineup: away.lineup, tries: tries.away },
    random,
  );
  const totals = { home: sumLines(lines.home), away: sumLines(lines.away) };
  const lost = { home: random.weighted(TEAM_TURNOVERS), away: random.weighted(TEAM_TURNOVERS) };
  const trips = tripsOf(totals.home) + lost.home + tripsOf(totals.away) + lost.away;
  const lead = pointsOf(tries.home) - pointsOf(tries.away);

  const boxOf = (side: 'home' | 'away', lineup: readonly Spot[], margin: number): TeamBox => {
    const minutes = lineup.map((spot) => spot.minutes);
    const plusMinus = sharePlusMinus(minutes, margin, random);
    return {
      team: scheduled[side],
      opponent: scheduled[side === 'home' ? 'away' : 'home'],
      isHome: side === 'home',
      minutes: teamMinutes(overtimes),
      margin,
      players: lineup.map((spot, at) => {
        return { ...spot, line: lines[side][at]!, plusMinus: plusMinus[at]! };
      }),
      total: totals[side],
      teamTurnovers: lost[side],
      possessions: Math.round(trips / 2),
      tries: tries[side],
    };
  };
  return {
    scheduled,
    overtimes,
    home: boxOf('home', home.lineup, lead),
    away: boxOf('away', away.lineup, -lead),
  };
}

/** The regular games of a league, one at a time and in the order of their days. */
export function* gamesOf(league: League): Generator<Game> {
  for (const season of league.seasons) {
    for (const scheduled of season.schedule) {
      if (scheduled.seasonType === 'regular') yield playGame(season, scheduled);
    }
  }
}

function lineUp(season: Season, game: ScheduledGame, side: Team, overtimes: number): Spot[] {
  const dressed = dressFor(season, game, side);
  const weights = dressed.map(({ weight }) => weight);
  const minutes = shareMinutes(weights, overtimes);
  return dressed.map(({ player }, at) => ({ player, minutes: minutes[at]! }));
}

/** The usual estimate of a team's possessions from its box score. */
function tripsOf(total: StatLine): number {
  const { fg_attempted, ft_attempted, offensive_rebounds, turnovers } = total;
  return fg_attempted + 0.4 * ft_attempted - offensive_rebounds + turnovers;
}
