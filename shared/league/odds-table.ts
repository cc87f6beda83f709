import { type Column, half } from './column.ts';
import { gameColumns } from './game-columns.ts';
import type { Odds } from './odds.ts';

export const ODDS_COLUMNS: readonly Column<Odds>[] = [
  ...gameColumns<Odds>(({ game }) => game),
  ['season_type', 'VARCHAR', ({ game }) => game.seasonType],
  ['home_team_abbr', 'VARCHAR', ({ game }) => game.home.tricode],
  ['away_team_abbr', 'VARCHAR', ({ game }) => game.away.tricode],
  ['favored_team_abbr', 'VARCHAR', (odds) => odds.favored.tricode],
  ['spread_home', 'DOUBLE', (odds) => half(odds.spreadHome)],
  ['total_line', 'DOUBLE', (odds) => half(odds.total)],
  ['moneyline_home', 'INTEGER', (odds) => odds.moneylineHome],
  ['moneyline_away', 'INTEGER', (odds) => odds.moneylineAway],
  ['second_half_spread', 'DOUBLE', (odds) => half(odds.secondHalfSpread)],
  ['second_half_total', 'DOUBLE', (odds) => half(odds.secondHalfTotal)],
];
