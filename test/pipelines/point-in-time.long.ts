import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Table } from '../../shared/core/pipeline.ts';
import type { ScheduledGame } from '../../shared/league/schedule.ts';
import { writeLeague } from '../../shared/league/write-league.ts';
import type { Row } from '../../shared/ports/warehouse.ts';
import {
  copyChanged,
  daysOf,
  type Fields,
  type NbaWorld,
  named,
  openNbaWorld,
  smallLeague,
  TABLES,
  writeGames,
} from './nba-world.ts';

const league = smallLeague(18);
const days = daysOf(league);
const first = days[0]!;
/**
 * Days after the bootstrap days, each with a later one on which somebody plays again. The last comes
 * first, so that what is changed on one day is still to come on the next one that is looked at.
 */
const CHOSEN = [days[27]!, days[17]!].map((day) => [day, nextGameOfSomebody(day)] as const);

/** The three summaries of day D tell D's own results; whatever else D has is told from the past. */
const OWN_RESULTS = TABLES.filter(({ name }) => name.endsWith('_game_summary'));
const KNOWN_BEFORE = TABLES.filter((table) => !OWN_RESULTS.includes(table));

type Kept = ReadonlyMap<string, readonly Row[]>;
const keyOf = (table: Table, day: string) => `${table.name} ${day}`;

async function keep(world: NbaWorld, ...of: readonly string[]): Promise<Kept> {
  const kept = new Map<string, readonly Row[]>();
  for (const table of TABLES) {
    for (const day of of) kept.set(keyOf(table, day), await world.rowsOf(table, day));
  }
  return kept;
}

let whole: NbaWorld;
let before: Kept;

beforeAll(async () => {
  whole = await openNbaWorld();
  writeLeague(whole.directory, league);
  await whole.load(whole.directory);
  await whole.write({ from: first, to: CHOSEN[0]![1] });
  before = await keep(whole, ...CHOSEN.flat());
}, 120_000);
afterAll(() => whole.close());

it('judges tables that have rows on the chosen days', () => {
  expect(KNOWN_BEFORE).toHaveLength(7);
  for (const [day] of CHOSEN) {
    for (const table of TABLES) expect(before.get(keyOf(table, day))).not.toHaveLength(0);
  }
});

describe.each(CHOSEN)('other results of %s', (day, later) => {
  let after: Kept;

  beforeAll(async () => {
    const changed = join(whole.directory, day);
    changeResults(whole.directory, changed, day);
    await whole.load(changed);
    await whole.write({ from: day, to: later });
    after = await keep(whole, day, later);
  }, 120_000);

  it.each(named(OWN_RESULTS))('show in %s of that day', (_, table) => {
    expect(after.get(keyOf(table, day))).not.toEqual(before.get(keyOf(table, day)));
  });

  it.each(named(KNOWN_BEFORE))('change no row of %s of that day', (_, table) => {
    expect(after.get(keyOf(table, day))).toEqual(before.get(keyOf(table, day)));
  });

  it.each(named(KNOWN_BEFORE))(
    'change rows of %s of the next day that somebody plays',
    (_, table) => {
      expect(after.get(keyOf(table, later))).not.toEqual(before.get(keyOf(table, later)));
    },
  );
});

describe('a league of which nothing after the day is known', () => {
  let unfolding: NbaWorld;
  const seen = new Map<string, readonly Row[]>();

  beforeAll(async () => {
    unfolding = await openNbaWorld();
    let from = first;
    for (const [day] of CHOSEN.toReversed()) {
      const [since, until] = [from, day];
      const arrived = join(unfolding.directory, day);
      writeGames(arrived, league, (game) => since <= game.day && game.day <= until);
      await unfolding.load(arrived);
      await unfolding.write({ from, to: day });
      for (const [key, rows] of await keep(unfolding, day)) seen.set(key, rows);
      from = days[days.indexOf(day) + 1]!;
    }
  }, 120_000);
  afterAll(() => unfolding.close());

  it.each(named(TABLES))('has the rows of %s that the whole league has', (_, table) => {
    for (const [day] of CHOSEN) {
      expect(seen.get(keyOf(table, day))).toEqual(before.get(keyOf(table, day)));
    }
  });
});

function nextGameOfSomebody(day: string): ScheduledGame['day'] {
  const games = league.seasons[0]!.schedule;
  const teamsOf = ({ home, away }: ScheduledGame) => [home, away];
  const played = new Set(games.filter((game) => game.day === day).flatMap(teamsOf));
  return games.find((game) => game.day > day && teamsOf(game).some((team) => played.has(team)))!
    .day;
}

/** Writes the day's raw files again with every result changed: inflated, swapped or flipped. */
function changeResults(from: string, into: string, day: string): void {
  const onDay = (change: (row: Fields) => Fields) => (row: Fields) =>
    row.game_date === day ? { ...row, ...change(row) } : null;
  copyChanged('raw_player_boxscores', from, into, onDay(inflated));
  copyChanged('raw_team_boxscores', from, into, onDay(inflated));
  copyChanged(
    'raw_shots',
    from,
    into,
    onDay((row) => ({
      shot_made: row.shot_made === 'true' ? 'false' : 'true',
      shot_type: row.shot_type === '2PT' ? '3PT' : '2PT',
      shot_distance: row.shot_distance === '3' ? '15' : '3',
    })),
  );
  copyChanged(
    'raw_schedule',
    from,
    into,
    onDay((row) => ({
      home_team_score: row.away_team_score!,
      away_team_score: row.home_team_score!,
      winning_team_tricode:
        row.winning_team_tricode === row.home_team_tricode
          ? row.away_team_tricode!
          : row.home_team_tricode!,
    })),
  );
}

const NO_RESULT = ['game_id', 'nba_game_id', 'season_year', 'player_id', 'team_id', 'plus_minus'];

/** Every number of a box score twice and a bit, so that no ratio of two stays; and the other side ahead. */
function inflated(row: Fields): Fields {
  const numbers = Object.entries(row).flatMap(([name, value], at) =>
    !NO_RESULT.includes(name) && /^\d+$/.test(value)
      ? [[name, String(2 * Number(value) + at)] as const]
      : [],
  );
  return { ...Object.fromEntries(numbers), plus_minus: String(-Number(row.plus_minus)) };
}
