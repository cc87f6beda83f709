import type { Column } from './column.ts';
import type { Game } from './game.ts';
import { type Random, randomOf } from './random.ts';
import type { ScheduledGame } from './schedule.ts';
import { weekdayName } from './season-calendar.ts';

export type ScheduleRow = Readonly<{
  game: ScheduledGame;
  homeScore: number;
  awayScore: number;
  /** Null for exhibitions. */
  overtimes: number | null;
}>;

export function scheduleRow({ scheduled: game, home, away, overtimes }: Game): ScheduleRow {
  return { game, homeScore: home.total.points, awayScore: away.total.points, overtimes };
}

/** The result of a game that has no box score. */
export function exhibitionRow(seed: number, game: ScheduledGame): ScheduleRow {
  const random = randomOf(seed, game.gameId, 'exhibition');
  const homeScore = exhibitionScore(random);
  const awayScore = exhibitionScore(random);
  return {
    game,
    homeScore: homeScore === awayScore ? homeScore + 1 : homeScore,
    awayScore,
    overtimes: null,
  };
}

function exhibitionScore(random: Random): number {
  return Math.round(108 + 12 * random.normal());
}

export const SCHEDULE_COLUMNS: readonly Column<ScheduleRow>[] = [
  ['game_id', 'VARCHAR', ({ game }) => game.gameId],
  ['nba_game_id', 'VARCHAR', ({ game }) => game.nbaGameId],
  ['game_code', 'VARCHAR', ({ game }) => game.gameId.replace('_', '/').replace('_', '')],
  [
    'season_nba_format',
    'VARCHAR',
    ({ game }) => `${game.seasonYear}-${String((game.seasonYear + 1) % 100).padStart(2, '0')}`,
  ],
  ['season_year', 'INTEGER', ({ game }) => game.seasonYear],
  ['season_type', 'VARCHAR', ({ game }) => game.seasonType],
  ['game_date', 'DATE', ({ game }) => game.day],
  ['game_status', 'TINYINT', () => 3],
  ['game_status_text', 'VARCHAR', () => 'Final'],
  ['home_team_id', 'BIGINT', ({ game }) => game.home.id],
  ['home_team_tricode', 'VARCHAR', ({ game }) => game.home.tricode],
  ['home_team_name', 'VARCHAR', ({ game }) => game.home.name],
  ['away_team_id', 'BIGINT', ({ game }) => game.away.id],
  ['away_team_tricode', 'VARCHAR', ({ game }) => game.away.tricode],
  ['away_team_name', 'VARCHAR', ({ game }) => game.away.name],
  ['is_regular_season', 'BOOLEAN', ({ game }) => game.seasonType === 'regular'],
  ['is_playoffs', 'BOOLEAN', () => false],
  ['is_play_in', 'BOOLEAN', () => false],
  ['is_all_star', 'BOOLEAN', ({ game }) => game.seasonType === 'all_star'],
  ['is_preseason', 'BOOLEAN', ({ game }) => game.seasonType === 'preseason'],
  ['is_cup_knockout', 'BOOLEAN', () => false],
  ['playoff_round', 'TINYINT', () => null],
  ['neutral_site_flag', 'BOOLEAN', () => false],
  ['day_of_week', 'VARCHAR', ({ game }) => weekdayName(game.day)],
  ['home_team_score', 'SMALLINT', (row) => row.homeScore],
  ['away_team_score', 'SMALLINT', (row) => row.awayScore],
  [
    'winning_team_tricode',
    'VARCHAR',
    ({ game, homeScore, awayScore }) => (homeScore > awayScore ? game.home : game.away).tricode,
  ],
  ['overtime_periods', 'TINYINT', (row) => row.overtimes],
];
