import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Row } from '../../shared/ports/warehouse.ts';
import {
  copyChanged,
  daysOf,
  type NbaWorld,
  named,
  openNbaWorld,
  smallLeague,
  TABLES,
  writeGames,
} from './nba-world.ts';

const league = smallLeague(18);
const days = daysOf(league);
const LAST_DAYS = { from: days.at(-8)!, to: days.at(-1)! };
/** A game of a day with others that was not played, as the schedule of a season with postponements has them. */
const postponed = league.seasons[0]!.schedule.find(({ day }) => day === days.at(-4))!;

type Rows = ReadonlyMap<string, readonly Row[]>;

describe('the rows of the last eight days of a league, one game of which was postponed', () => {
  let world: NbaWorld;
  let inOne: Rows;
  let inWeeks: Rows;
  let inDays: Rows;

  beforeAll(async () => {
    world = await openNbaWorld();
    const { directory } = world;
    writeGames(directory, league, (game) => game !== postponed);
    await world.load(directory);
    await loadPostponed(world);
    await world.write({ from: days[0]!, to: LAST_DAYS.to });
    inOne = await lastRows(world);
    await world.write(LAST_DAYS, 7);
    inWeeks = await lastRows(world);
    await world.write(LAST_DAYS, 1);
    inDays = await lastRows(world);
  }, 120_000);
  afterAll(() => world.close());

  it.each(named(TABLES))('of %s are there on every one of the days', (name) => {
    const written = new Set(inDays.get(name)!.map((row) => dayOf(name, row)));
    expect([...written].sort()).toEqual(days.slice(-8));
  });

  it.each(named(TABLES))('of %s are the same in chunks of 31 days and of 7', (name) => {
    expect(inWeeks.get(name)).toEqual(inOne.get(name));
  });

  it.each(named(TABLES))('of %s are the same in chunks of 31 days and of 1', (name) => {
    expect(inDays.get(name)).toEqual(inOne.get(name));
  });
});

function dayOf(name: string, row: Row): unknown {
  return row[TABLES.find((table) => table.name === name)!.dayColumn];
}

async function lastRows(world: NbaWorld): Promise<Rows> {
  const rows = new Map<string, readonly Row[]>();
  for (const table of TABLES) {
    const all = await world.rowsOf(table);
    rows.set(
      table.name,
      all.filter((row) => String(row[table.dayColumn]) >= LAST_DAYS.from),
    );
  }
  return rows;
}

/** Loads the day's schedule again, with the game that was left out as one without a result. */
async function loadPostponed(world: NbaWorld): Promise<void> {
  const whole = join(world.directory, 'whole');
  const schedule = join(world.directory, 'schedule');
  writeGames(whole, league, (game) => game.day === postponed.day);
  copyChanged('raw_schedule', whole, schedule, (row) =>
    row.game_id === postponed.gameId
      ? {
          ...row,
          game_status: '1',
          game_status_text: 'PPD',
          home_team_score: '',
          away_team_score: '',
          winning_team_tricode: '',
        }
      : row,
  );
  await world.load(schedule);
}
