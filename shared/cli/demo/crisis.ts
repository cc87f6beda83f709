import { type Day, parseDay } from '../../core/days.ts';
import { type MissingGames, missingGames } from '../../league/crisis.ts';
import { generateLeague, type League } from '../../league/league.ts';
import { writeLeague } from '../../league/write-league.ts';

/** A league whose raw files were written twice: as they arrived that night, and what arrived late. */
export type Crisis = Readonly<{
  rawDirectory: string;
  /** Whole days of team box scores. */
  lateDirectory: string;
  from: Day;
  to: Day;
  games: number;
  missing: MissingGames;
}>;

export type LeagueSize = Readonly<{ teams: number; gamesPerTeam: number }>;

const SEED = 2021;
const MISSING_SHARE = 169 / 2460;

/** The demo's league, the same every time. */
export function demoLeague(size: LeagueSize): League {
  return generateLeague({ seed: SEED, ...size });
}

/** Writes both deliveries. With 30 teams and 82 games each, 169 games are missing. */
export function crisis(rawDirectory: string, lateDirectory: string, size: LeagueSize): Crisis {
  const league = demoLeague(size);
  const regular = league.seasons
    .flatMap((season) => season.schedule)
    .filter((game) => game.seasonType === 'regular');
  const missing = missingGames(league, Math.round(regular.length * MISSING_SHARE));
  const days = new Set(missing.days);
  writeLeague(rawDirectory, league, {
    only: { raw_team_boxscores: (game) => !missing.gameIds.has(game.gameId) },
  });
  writeLeague(lateDirectory, league, {
    files: ['raw_team_boxscores'],
    only: { raw_team_boxscores: (game) => days.has(game.day) },
  });
  const played = regular.map((game) => game.day).sort();
  return {
    rawDirectory,
    lateDirectory,
    from: parseDay(played[0] ?? ''),
    to: parseDay(played.at(-1) ?? ''),
    games: regular.length,
    missing,
  };
}
