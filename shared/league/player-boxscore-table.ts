import type { Column } from './column.ts';
import type { Game, PlayerBox, TeamBox } from './game.ts';
import { gameColumns } from './game-columns.ts';
import type { Stat } from './stat-line.ts';

export type PlayerRow = Readonly<{ game: Game; side: TeamBox; box: PlayerBox }>;

export const PLAYER_BOXSCORE_COLUMNS: readonly Column<PlayerRow>[] = [
  ...gameColumns<PlayerRow>(({ game }) => game.scheduled),
  ['season_type', 'VARCHAR', ({ game }) => game.scheduled.seasonType],
  ['home_team_abbr', 'VARCHAR', ({ game }) => game.scheduled.home.tricode],
  ['away_team_abbr', 'VARCHAR', ({ game }) => game.scheduled.away.tricode],
  ['player_id', 'BIGINT', ({ box }) => box.player.id],
  ['player_full_name', 'VARCHAR', ({ box }) => box.player.name.full],
  ['player_lookup', 'VARCHAR', ({ box }) => box.player.name.lookup],
  ['team_id', 'BIGINT', ({ side }) => side.team.id],
  ['team_abbr', 'VARCHAR', ({ side }) => side.team.tricode],
  ['opponent_team_abbr', 'VARCHAR', ({ side }) => side.opponent.tricode],
  ['is_home', 'BOOLEAN', ({ side }) => side.isHome],
  ['win_flag', 'BOOLEAN', ({ side }) => side.margin > 0],
  ['minutes_played', 'SMALLINT', ({ box }) => box.minutes],
  stat('points'),
  stat('assists'),
  stat('offensive_rebounds'),
  stat('defensive_rebounds'),
  stat('total_rebounds'),
  stat('steals'),
  stat('blocks'),
  stat('turnovers'),
  stat('personal_fouls'),
  stat('fg_made'),
  stat('fg_attempted'),
  stat('three_pt_made'),
  stat('three_pt_attempted'),
  stat('ft_made'),
  stat('ft_attempted'),
  ['plus_minus', 'SMALLINT', ({ box }) => box.plusMinus],
];

function stat(name: Stat): Column<PlayerRow> {
  return [name, 'SMALLINT', ({ box }) => box.line[name]];
}
