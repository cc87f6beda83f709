import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Day } from '../../shared/core/days.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { generateLeague } from '../../shared/league/league.ts';
import { randomOf } from '../../shared/league/random.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';

const column = (name: string, type: 'STRING' | 'DATE' | 'INT64') => ({
  name,
  type,
  required: true,
});
const SCHEDULE = [
  column('game_id', 'STRING'),
  column('game_date', 'DATE'),
  column('season_year', 'INT64'),
  column('season_type', 'STRING'),
  column('home', 'STRING'),
  column('away', 'STRING'),
];
const BOX = [
  column('game_id', 'STRING'),
  column('game_date', 'DATE'),
  column('team', 'STRING'),
  column('points', 'INT64'),
];

export type LeagueSize = Readonly<{
  seed: number;
  teams: number;
  gamesPerTeam: number;
  start: Day;
}>;

/** What the world outside knows, and nobody has fetched yet. */
export type Feed = Readonly<{
  seasonYear: number;
  /** Days with regular games, in order. */
  gameDays: readonly Day[];
  firstDay: Day;
  lastDay: Day;
}>;

/** Puts a generated season into `feed.schedule` and `feed.box`, from which raw tables are filled. */
export async function openFeed(
  warehouse: Warehouse,
  directory: string,
  { seed, teams, gamesPerTeam, start }: LeagueSize,
): Promise<Feed> {
  const seasonYear = Number(start.slice(0, 4));
  const league = generateLeague({ seed, teams, gamesPerTeam, seasons: [{ seasonYear, start }] });
  const games = league.seasons.flatMap((season) => season.schedule);
  const random = randomOf(seed, 'points');
  const scheduleRows = games.map(({ gameId, day, seasonType, home, away }) =>
    [gameId, day, seasonYear, seasonType, home.tricode, away.tricode].join(','),
  );
  const played = games.filter(({ seasonType }) => seasonType === 'regular');
  const boxRows = played.flatMap(({ gameId, day, home, away }) =>
    [home, away].map(({ tricode }) => [gameId, day, tricode, random.int(85, 129)].join(',')),
  );
  const load = async (name: string, columns: typeof SCHEDULE, rows: readonly string[]) => {
    const path = join(directory, `${name}.csv`);
    const header = columns.map((each) => each.name).join(',');
    writeFileSync(path, [header, ...rows, ''].join('\n'));
    await warehouse.loadFile(parseTableName(`feed.${name}`), { path, format: 'csv', columns });
  };
  await load('schedule', SCHEDULE, scheduleRows);
  await load('box', BOX, boxRows);
  const gameDays = [...new Set(played.map(({ day }) => day))].sort();
  const all = games.map(({ day }) => day).sort();
  const firstDay = all[0] ?? start;
  return { seasonYear, gameDays, firstDay, lastDay: all.at(-1) ?? start };
}
