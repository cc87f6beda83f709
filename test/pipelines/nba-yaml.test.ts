import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Column } from '../../shared/core/column.ts';
import { parsePercent } from '../../shared/core/percent.ts';
import { writeLeague } from '../../shared/league/write-league.ts';
import { replaceStatement } from '../../shared/sql/replace.ts';
import {
  daysOf,
  type NbaWorld,
  named,
  openNbaWorld,
  pipeline,
  smallLeague,
  TABLES,
} from './nba-world.ts';

const tableOf = (name: string) => TABLES.find((table) => table.name === name)!;
const checkOf = (table: string, id: string) =>
  tableOf(table).checks.find((check) => check.id === id);

const PLAYER = 'nba_analytics.player_game_summary';
const TEAM = 'nba_analytics.team_offense_game_summary';
const FEATURES = 'nba_predictions.ml_feature_store_v2';

describe('the tables of the pipeline', () => {
  it('are those that a file in the SQL folder is named after', () => {
    const files = globSync('shared/pipelines/nba/*.sql').map((path) => basename(path, '.sql'));
    expect(files.sort()).toEqual(TABLES.map(({ name }) => name.split('.')[1]).sort());
  });

  it('are five of phase analytics and five of phase precompute', () => {
    const phases = pipeline.phases.map(({ name, tables }) => [name, tables.length]);
    expect(phases).toEqual([
      ['analytics', 5],
      ['precompute', 5],
    ]);
  });

  it.each(named(TABLES))('%s reads what its needs name, and nothing else', (_, table) => {
    const read = table.job.select.matchAll(/`(\w+\.\w+)`/g);
    const needed = new Set(table.needs.map(({ of }) => of));
    expect([...new Set([...read].map(([, name]) => name))].sort()).toEqual([...needed].sort());
  });

  it.each(named(TABLES))('%s reads no table that is not written in backquotes', (_, table) => {
    const code = table.job.select.replace(/--.*$/gm, '');
    expect(code).not.toMatch(/[^`\w](nba_\w+|phasegate\w*)\./);
  });

  it.each(TABLES.map(({ name, phase, bootstrapDays }) => [name, phase, bootstrapDays] as const))(
    '%s of phase %s expects nothing on the first %i days of a season',
    (_, phase, bootstrapDays) => {
      expect(bootstrapDays).toBe(phase === 'precompute' ? 14 : 0);
    },
  );

  it.each(named(TABLES))('%s is held back by missing days, games or doubled keys', (_, table) => {
    const blocking = table.checks.filter(({ severity }) => severity === 'block');
    const kinds = new Set(blocking.map(({ kind }) => kind));
    expect(kinds).toContain('day-coverage');
    expect(kinds).toContain('unique');
  });

  it('have player_game_summary behind the team rows of its own day', () => {
    expect(tableOf(PLAYER).needs).toContainEqual({ of: TEAM, window: { kind: 'same-day' } });
  });
});

/** As the user first asked for them. */
describe('the thresholds', () => {
  it.each([
    [PLAYER, 'minutes-filled', 'minutes_played', 99],
    [PLAYER, 'points-filled', 'points', 99.5],
    [PLAYER, 'usage-rate-filled', 'usage_rate', 95],
    [TEAM, 'points-filled', 'points_scored', 99.5],
    [TEAM, 'turnovers-filled', 'turnovers', 99],
  ])(
    'of %s hold it back when %s finds %s filled below %d percent',
    (table, id, column, percent) => {
      const [atLeast, perDay] = [parsePercent(percent), parsePercent(percent)];
      const filled = {
        kind: 'not-null',
        severity: 'block',
        applies: null,
        column,
        atLeast,
        perDay,
      };
      expect(checkOf(table, id)).toMatchObject(filled);
    },
  );

  it('ask for a usage rate of everybody who played, and of nobody else', () => {
    expect(checkOf(PLAYER, 'usage-rate-filled')).toMatchObject({ where: 'minutes_played > 0' });
  });

  it.each([
    [TEAM, 'all-games', { kind: 'distinct-games', atLeast: 5600 }],
    [PLAYER, 'all-records', { kind: 'row-count', per: { of: 'range', atLeast: 35_000 } }],
  ])(
    'of %s ask for all that was ever played only over the whole history: %s',
    (table, id, floor) => {
      const applies = { from: '2021-10-19', to: '2026-01-02' };
      expect(checkOf(table, id)).toMatchObject({ ...floor, severity: 'block', applies });
    },
  );

  it.each(TABLES.filter(({ phase }) => phase === 'analytics').map(({ name }) => name))(
    'let %s pass only with every expected day and every game',
    (name) => {
      expect(checkOf(name, 'days')).toMatchObject({
        atLeast: parsePercent(100),
        severity: 'block',
      });
      expect(checkOf(name, 'games')).toMatchObject({
        atLeast: parsePercent(100),
        severity: 'block',
      });
    },
  );

  it('let the feature store pass with 95 percent of its days and games', () => {
    expect(checkOf(FEATURES, 'days')).toMatchObject({
      atLeast: parsePercent(95),
      severity: 'block',
    });
    expect(checkOf(FEATURES, 'games')).toMatchObject({
      atLeast: parsePercent(95),
      severity: 'block',
    });
  });

  it('hold nothing back for its shot zones, but for threes allowed: those are of the box score', () => {
    const zones = /zone|paint|mid_range|mismatch|three_pt_(rate|pct|defense)|three_attempts_pbp/;
    const blocking = TABLES.flatMap(({ name, checks }) =>
      checks
        .filter(
          ({ id, ...promise }) => promise.severity === 'block' && zones.test(inspect(promise)),
        )
        .map(({ id }) => `${name} ${id}`),
    );
    const defense = 'nba_precompute.team_defense_zone_analysis';
    expect(blocking).toEqual([
      `${defense} three-filled`,
      `${defense} three-in-range`,
      `${defense} three-pt-defense-vs-league-avg-varies`,
    ]);
    const { select } = tableOf(defense).job;
    expect(select).toContain('SUM(defenses.opp_three_pt_makes) OVER last_15 AS three_pt_makes');
    expect(tableOf('nba_analytics.team_defense_game_summary').job.select).toMatch(
      /opponent\.three_pt_made,[\s\S]*three_pt_made AS opp_three_pt_makes/,
    );
  });
});

describe('on ten days of a league', () => {
  const league = smallLeague(5);
  const days = daysOf(league);
  const span = { from: days[0]!, to: days.at(-1)! };
  let world: NbaWorld;

  beforeAll(async () => {
    world = await openNbaWorld();
    writeLeague(world.directory, league);
    await world.load(world.directory);
    await world.write(span);
  });
  afterAll(() => world.close());

  const params = {
    from: { type: 'DATE', value: span.from },
    to: { type: 'DATE', value: span.to },
  } as const;

  it.each(named(TABLES))(
    'the SELECT of %s gives the columns of the table, no more',
    async (_, { job, columns }) => {
      const sql = `SELECT * FROM (${job.select}) AS rows_of_day LIMIT 1`;
      const { rows } = await world.warehouse.query({ sql, params });
      expect(Object.keys(rows[0]!).sort()).toEqual(columns.map(({ name }) => name).sort());
    },
  );

  it.each(named(TABLES))(
    'a job of %s is refused before it runs when a column is missing',
    async (_, table) => {
      const statement = (columns: readonly Column[]) => ({
        sql: replaceStatement({ ...table, table: table.name, select: table.job.select, columns }),
        params,
      });
      const more = [...table.columns, { name: 'nobody', type: 'STRING', required: false } as const];
      await expect(world.warehouse.dryRun(statement(table.columns))).resolves.toBeDefined();
      await expect(world.warehouse.dryRun(statement(more))).rejects.toMatchObject({
        kind: 'invalid-query',
      });
    },
  );

  it.each(named(TABLES))('every column of %s that must be filled is', async (_, table) => {
    const required = table.columns.filter((column) => column.required).map(({ name }) => name);
    const rows = await world.rowsOf(table);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((row) => required.some((name) => row[name] === null))).toEqual([]);
  });
});
