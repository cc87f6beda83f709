import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDefinitionFiles } from '../../shared/cli/definition.ts';
import { demoLeague } from '../../shared/cli/demo/crisis.ts';
import { tablesOf } from '../../shared/core/pipeline.ts';
import { writeLeague } from '../../shared/league/write-league.ts';
import { type Ended, emptyDirectory, phasegate, rowsOf, withWarehouse } from './phasegate.ts';

const TEAMS = 10;
const GAMES = 40;
const tables = tablesOf(readDefinitionFiles({ pipeline: 'nba' }).pipeline);

describe('the demo, on a smaller league', () => {
  const base = emptyDirectory();
  const demo = join(base, 'demo');
  const whole = join(base, 'whole');
  let ended: Ended;
  let report: {
    status: string;
    verdict: string;
    blocked: string;
    repairs: number;
    request: { from: string; to: string };
    tables: { table: string; verdict: string; checks: { verdict: string }[] }[];
  };

  beforeAll(async () => {
    ended = await phasegate(
      'demo',
      '--world',
      `local:${demo}`,
      '--teams',
      String(TEAMS),
      '--games',
      String(GAMES),
      '--json',
    );
    report = JSON.parse(ended.stdout);
    writeLeague(join(base, 'raw'), demoLeague({ teams: TEAMS, gamesPerTeam: GAMES }));
    const { from, to } = report.request;
    await phasegate('load', join(base, 'raw'), '--world', `local:${whole}`);
    await phasegate('start', '--from', from, '--to', to, '--world', `local:${whole}`);
  }, 240_000);

  it('shows jobs that exit 0 over raw data that lacks 27 games', () => {
    expect(ended.stderr).toContain('27 of them never reach');
    expect(ended.stderr.match(/ exit 0/g)?.length).toBe(5);
  });

  it('is blocked with the games, the days and the empty key column', () => {
    expect(report.blocked).toMatch(/team_offense_game_summary: FAIL .*27 missing/);
    expect(report.blocked).toMatch(/\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d/);
    expect(ended.stderr).toMatch(
      /player_game_summary usage-rate-filled: \d+\/\d+ \(\d+\.\d%\) usage_rate filled/,
    );
  });

  it('never launches the next phase over them', () => {
    const beforeRepair = ended.stderr.slice(0, ended.stderr.indexOf('5. the missing games arrive'));
    expect(beforeRepair).toMatch(/ml_feature_store_v2\s+skipped: behind phase analytics/);
    expect(beforeRepair).not.toMatch(/nba_precompute\.\S+\s+running/);
  });

  it('passes every check of every table after one repair', () => {
    expect(ended.code).toBe(0);
    expect(report).toMatchObject({ status: 'passed', verdict: 'PASS', repairs: 1 });
    const checks = report.tables.flatMap((table) => table.checks);
    expect(checks.length).toBeGreaterThan(200);
    expect(checks.filter((check) => check.verdict !== 'PASS')).toEqual([]);
  });

  it.each(tables.map((table) => [table.name, table.key, table.dayColumn] as const))(
    'leaves %s row by row as in a world where no game was ever missing',
    async (name, key, day) => {
      const read = (directory: string) =>
        withWarehouse(directory, (warehouse) => rowsOf(warehouse, name, key, day));
      const rows = await read(whole);
      expect(rows.length).toBeGreaterThan(100);
      expect(await read(demo)).toEqual(rows);
    },
  );
});
