import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Game } from './game.ts';
import type { League, Season } from './league.ts';
import { playGame } from './play-game.ts';
import { openSheet, RAW_FILES, type RawFile, type Turn } from './raw-files.ts';
import type { ScheduledGame } from './schedule.ts';

export type GameChoice = (game: ScheduledGame) => boolean;

export type WriteOptions = Readonly<{
  /** The files to write; all of them if not said. */
  files?: readonly RawFile[];
  /** Of these files, only the rows of the games that are chosen. */
  only?: Readonly<Partial<Record<Exclude<RawFile, 'raw_players'>, GameChoice>>>;
}>;

/** Rows without the header; 0 for a file that was not asked for. */
export type RowCounts = Readonly<Record<RawFile, number>>;

/**
 * Writes the league into the directory, which is made if need be; files that stand there are
 * replaced. A row is the same whichever other rows and files are asked for, and only the games
 * somebody asked for are played.
 */
export function writeLeague(
  directory: string,
  league: League,
  { files = RAW_FILES, only = {} }: WriteOptions = {},
): RowCounts {
  mkdirSync(directory, { recursive: true });
  const choices: Partial<Record<RawFile, GameChoice>> = only;
  const sheets = files.map((file) => ({
    file,
    wants: choices[file] ?? (() => true),
    sheet: openSheet(file, join(directory, `${file}.csv`)),
  }));

  const counts: Record<RawFile, number> = {
    raw_schedule: 0,
    raw_player_boxscores: 0,
    raw_team_boxscores: 0,
    raw_shots: 0,
    raw_odds: 0,
    raw_players: 0,
  };
  try {
    for (const season of league.seasons) {
      for (const { sheet } of sheets) sheet.season(season);
      for (const scheduled of season.schedule) {
        const turn = turnOf(season, scheduled);
        for (const { sheet } of sheets.filter(({ wants }) => wants(scheduled))) {
          if (scheduled.seasonType === 'regular') sheet.turn(turn);
          else sheet.exhibition(season, scheduled);
        }
      }
    }
  } finally {
    for (const { file, sheet } of sheets) counts[file] = sheet.close();
  }
  return counts;
}

function turnOf(season: Season, scheduled: ScheduledGame): Turn {
  let game: Game | undefined;
  const play = () => {
    game ??= playGame(season, scheduled);
    return game;
  };
  return { season, scheduled, play };
}
