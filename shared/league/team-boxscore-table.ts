import type { Column } from './column.ts';
import type { Game, TeamBox } from './game.ts';
import { gameColumns } from './game-columns.ts';
import { pointsOf } from './offence.ts';
import type { Stat } from './stat-line.ts';

export type TeamRow = Readonly<{ game: Game; side: TeamBox }>;

export const TEAM_BOXSCORE_COLUMNS: readonly Column<TeamRow>[] = [
  ...gameColumns<TeamRow>(({ game }) => game.scheduled),
  ['season_type', 'VARCHAR', ({ game }) => game.scheduled.seasonType],
  ['team_id', 'BIGINT', ({ side }) => side.team.id],
  ['team_abbr', 'VARCHAR', ({ side }) => side.team.tricode],
  ['team_name', 'VARCHAR', ({ side }) => side.team.name],
  ['opponent_team_abbr', 'VARCHAR', ({ side }) => side.opponent.tricode],
  ['is_home', 'BOOLEAN', ({ side }) => side.isHome],
  ['win_flag', 'BOOLEAN', ({ side }) => side.margin > 0],
  ['minutes', 'VARCHAR', ({ side }) => `${side.minutes}:00`],
  ['minutes_total', 'SMALLINT', ({ side }) => side.minutes],
  stat('fg_made'),
  stat('fg_attempted'),
  stat('three_pt_made'),
  stat('three_pt_attempted'),
  stat('ft_made'),
  stat('ft_attempted'),
  stat('offensive_rebounds'),
  stat('defensive_rebounds'),
  stat('total_rebounds'),
  stat('assists'),
  stat('steals'),
  stat('blocks'),
  stat('turnovers'),
  ['turnovers_incl_team', 'SMALLINT', ({ side }) => side.total.turnovers + side.teamTurnovers],
  stat('personal_fouls'),
  stat('points'),
  ['plus_minus', 'SMALLINT', ({ side }) => side.margin],
  ['possessions', 'SMALLINT', ({ side }) => side.possessions],
  ['points_q1', 'SMALLINT', ({ side }) => pointsIn(side, 1, 1)],
  ['points_q2', 'SMALLINT', ({ side }) => pointsIn(side, 2, 2)],
  ['points_q3', 'SMALLINT', ({ side }) => pointsIn(side, 3, 3)],
  ['points_q4', 'SMALLINT', ({ side }) => pointsIn(side, 4, 4)],
  ['points_ot', 'SMALLINT', ({ side }) => pointsIn(side, 5, Number.POSITIVE_INFINITY)],
];

function stat(name: Stat): Column<TeamRow> {
  return [name, 'SMALLINT', ({ side }) => side.total[name]];
}

function pointsIn({ tries }: TeamBox, from: number, through: number): number {
  return pointsOf(tries.filter(({ period }) => from <= period && period <= through));
}
