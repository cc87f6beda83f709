import type { Column, ColumnType } from './column.ts';
import { type CsvFile, openCsv } from './csv-file.ts';
import type { Game } from './game.ts';
import type { Season } from './league.ts';
import { oddsOf } from './odds.ts';
import { ODDS_COLUMNS } from './odds-table.ts';
import { PLAYER_BOXSCORE_COLUMNS } from './player-boxscore-table.ts';
import { PLAYER_COLUMNS, playerSeasons } from './player-table.ts';
import type { ScheduledGame } from './schedule.ts';
import { exhibitionRow, SCHEDULE_COLUMNS, scheduleRow } from './schedule-table.ts';
import { SHOT_COLUMNS } from './shot-table.ts';
import { shotsOf } from './shots.ts';
import { TEAM_BOXSCORE_COLUMNS } from './team-boxscore-table.ts';

/** A regular game that is played only if somebody looks. */
export type Turn = Readonly<{ season: Season; scheduled: ScheduledGame; play: () => Game }>;

/** An open file and what belongs into it. */
type Sheet = Readonly<{
  season: (season: Season) => void;
  exhibition: (season: Season, game: ScheduledGame) => void;
  turn: (turn: Turn) => void;
  close: () => number;
}>;

export const RAW_FILES = [
  'raw_schedule',
  'raw_player_boxscores',
  'raw_team_boxscores',
  'raw_shots',
  'raw_odds',
  'raw_players',
] as const;

/** Also the name of the file, with `.csv` after it. */
export type RawFile = (typeof RAW_FILES)[number];

const SHEETS: Readonly<Record<RawFile, ReturnType<typeof sheet>>> = {
  raw_schedule: sheet(SCHEDULE_COLUMNS, (file) => ({
    exhibition: ({ seed }, game) => file.add([exhibitionRow(seed, game)]),
    turn: ({ play }) => file.add([scheduleRow(play())]),
  })),
  raw_player_boxscores: sheet(PLAYER_BOXSCORE_COLUMNS, (file) => ({
    turn: ({ play }) => {
      const game = play();
      for (const side of [game.home, game.away]) {
        file.add(side.players.map((box) => ({ game, side, box })));
      }
    },
  })),
  raw_team_boxscores: sheet(TEAM_BOXSCORE_COLUMNS, (file) => ({
    turn: ({ play }) => {
      const game = play();
      file.add([game.home, game.away].map((side) => ({ game, side })));
    },
  })),
  raw_shots: sheet(SHOT_COLUMNS, (file) => ({
    turn: ({ season, play }) => file.add(shotsOf(season.seed, play())),
  })),
  raw_odds: sheet(ODDS_COLUMNS, (file) => ({
    turn: ({ season, scheduled }) => file.add([oddsOf(season, scheduled)]),
  })),
  raw_players: sheet(PLAYER_COLUMNS, (file) => ({
    season: (season) => file.add(playerSeasons(season)),
  })),
};

/**
 * What a reader has to tell its CSV parser, in the order of the fields: guessing would turn an
 * `nba_game_id` into a number and lose its leading zeros.
 */
export function rawColumns(file: RawFile): readonly Readonly<{ name: string; type: ColumnType }>[] {
  return SHEETS[file].columns;
}

export function openSheet(file: RawFile, path: string): Sheet {
  return SHEETS[file].open(path);
}

function sheet<Row>(
  columns: readonly Column<Row>[],
  fill: (file: CsvFile<Row>) => Partial<Omit<Sheet, 'close'>>,
) {
  const open = (path: string): Sheet => {
    const file = openCsv(path, columns);
    return {
      season: () => {},
      exhibition: () => {},
      turn: () => {},
      ...fill(file),
      close: file.close,
    };
  };
  return { columns: columns.map(([name, type]) => ({ name, type })), open };
}
