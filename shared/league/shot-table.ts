import type { Column } from './column.ts';
import { gameColumns } from './game-columns.ts';
import type { Shot } from './shots.ts';

export const SHOT_COLUMNS: readonly Column<Shot>[] = [
  ...gameColumns<Shot>(({ game }) => game.scheduled),
  ['shot_seq', 'SMALLINT', (shot) => shot.sequence],
  ['player_id', 'BIGINT', ({ shooter }) => shooter.player.id],
  ['player_full_name', 'VARCHAR', ({ shooter }) => shooter.player.name.full],
  ['player_lookup', 'VARCHAR', ({ shooter }) => shooter.player.name.lookup],
  ['team_id', 'BIGINT', ({ side }) => side.team.id],
  ['team_abbr', 'VARCHAR', ({ side }) => side.team.tricode],
  ['period', 'TINYINT', (shot) => shot.period],
  ['game_clock_seconds', 'SMALLINT', (shot) => shot.clockSeconds],
  ['shot_made', 'BOOLEAN', (shot) => shot.made],
  ['shot_type', 'VARCHAR', (shot) => (shot.isThree ? '3PT' : '2PT')],
  ['action_type', 'VARCHAR', (shot) => shot.action],
  ['basic_zone', 'VARCHAR', ({ spot }) => spot.zone],
  ['shot_distance', 'TINYINT', ({ spot }) => spot.distanceFeet],
  ['loc_x', 'SMALLINT', ({ spot }) => spot.x],
  ['loc_y', 'SMALLINT', ({ spot }) => spot.y],
];
