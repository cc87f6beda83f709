import type { Column } from './column.ts';
import type { ScheduledGame } from './schedule.ts';

/** The columns with which every table of games begins. */
export function gameColumns<Row>(gameOf: (row: Row) => ScheduledGame): Column<Row>[] {
  return [
    ['game_id', 'VARCHAR', (row) => gameOf(row).gameId],
    ['nba_game_id', 'VARCHAR', (row) => gameOf(row).nbaGameId],
    ['game_date', 'DATE', (row) => gameOf(row).day],
    ['season_year', 'INTEGER', (row) => gameOf(row).seasonYear],
  ];
}
