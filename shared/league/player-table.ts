import type { Column } from './column.ts';
import type { Season } from './league.ts';
import { type Tally, tallyGames } from './lineup.ts';
import type { Player } from './player.ts';
import { teamOn } from './squad.ts';

export type PlayerSeason = Readonly<{ seasonYear: number; player: Player; tally: Tally }>;

/** Everyone on a roster, in the order of ids; who never played has 0 games and his team on the last day. */
export function playerSeasons(season: Season): PlayerSeason[] {
  const tallies = tallyGames(season);
  const lastDay = season.schedule.at(-1)!.day;
  return season.members
    .map((member) => {
      const lastTeam = season.teams[teamOn(member, lastDay)]!.tricode;
      const tally = tallies.get(member.player.id) ?? { games: 0, lastTeam };
      return { seasonYear: season.seasonYear, player: member.player, tally };
    })
    .sort((a, b) => a.player.id - b.player.id);
}

export const PLAYER_COLUMNS: readonly Column<PlayerSeason>[] = [
  ['season_year', 'INTEGER', (row) => row.seasonYear],
  ['player_id', 'BIGINT', ({ player }) => player.id],
  ['player_full_name', 'VARCHAR', ({ player }) => player.name.full],
  ['player_lookup', 'VARCHAR', ({ player }) => player.name.lookup],
  ['last_team_abbr', 'VARCHAR', ({ tally }) => tally.lastTeam],
  ['games', 'BIGINT', ({ tally }) => tally.games],
  ['position', 'VARCHAR', ({ player }) => player.position],
  ['position_group', 'VARCHAR', ({ player }) => player.group],
  ['height_inches', 'SMALLINT', ({ player }) => player.body?.heightInches ?? null],
  ['weight_lb', 'SMALLINT', ({ player }) => player.body?.weightPounds ?? null],
  ['birth_date', 'DATE', ({ player }) => player.body?.birthDay ?? null],
];
