import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDefinitionFiles } from '../../shared/adapters/pipeline-files.ts';
import { demoLeague } from '../../shared/cli/demo/crisis.ts';
import { judgeEvidence } from '../../shared/cli/judge-again.ts';
import { type Output, terminal } from '../../shared/cli/output.ts';
import { tablesOf } from '../../shared/core/pipeline.ts';
import { writeLeague } from '../../shared/league/write-league.ts';
import { type OpenWarehouse, openWarehouse } from '../fixtures/tiny-warehouse.ts';
import { type Ended, emptyDirectory, phasegate, rowsOf } from './phasegate.ts';

const TEAMS = 10;
const GAMES = 24;
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
    readers: Record<
      'whileBlocked' | 'inTheEnd',
      { looks: number; rows: number; rowsOfTables: number; unverifiedRows: number }
    >;
    request: { from: string; to: string };
    tables: {
      table: string;
      verdict: string;
      checks: { id: string; severity: string; verdict: string }[];
    }[];
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

  it('shows jobs that exit 0 over raw data that lacks 16 games', () => {
    expect(ended.stderr).toContain('16 of them never reach');
    expect(ended.stderr.match(/ exit 0/g)?.length).toBe(5);
  });

  it('is blocked with the games and the days', () => {
    expect(report.blocked).toMatch(/team_offense_game_summary: FAIL .*16 missing/);
    expect(report.blocked).toMatch(/\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d/);
  });

  it('says that the key column is empty because the offence lacks the games, because the raw box scores do', () => {
    const why = ended.stderr.slice(ended.stderr.indexOf('4. why it was held back'));
    const [, player = ''] = /(nba_analytics\.player_game_summary {2}FAIL[\s\S]*)/.exec(why) ?? [];
    const text = player.replaceAll(/\s+/g, ' ');
    expect(text).toMatch(
      /^nba_analytics\.player_game_summary FAIL usage-rate-filled \(FAIL\): \d+\/\d+ \(\d+\.\d%\) rows: usage_rate filled/,
    );
    const [, first, of] =
      /because on (\d+) of these (\d+) days nba_analytics\.team_offense_game_summary fails games/.exec(
        text,
      ) ?? [];
    expect(first).toBe(of);
    expect(text).toMatch(
      /because on \d+ of these \d+ days nba_raw\.nbac_team_boxscore fails games/,
    );
    expect(text).toContain('16 missing');
    expect(text).toContain(
      'nba_raw.nbac_team_boxscore is a source, loaded from raw_team_boxscores',
    );
  });

  it('never launches the next phase over them', () => {
    const beforeRepair = ended.stderr.slice(0, ended.stderr.indexOf('5. the missing games arrive'));
    expect(beforeRepair).toMatch(/ml_feature_store_v2\s+skipped: behind phase analytics/);
    expect(beforeRepair).not.toMatch(/nba_precompute\.\S+\s+running/);
  });

  it('shows readers of the verified views no row of tables that are full of them', () => {
    const { looks, rows, rowsOfTables } = report.readers.whileBlocked;
    expect(looks).toBeGreaterThanOrEqual(1);
    expect(rowsOfTables).toBeGreaterThan(1000);
    expect(rows).toBe(0);
  });

  it('shows them every row in the end, and at no look one of a day that was not VERIFIED', () => {
    const { looks, rows, rowsOfTables, unverifiedRows } = report.readers.inTheEnd;
    expect(looks).toBeGreaterThanOrEqual(1);
    expect(rows).toBe(rowsOfTables);
    expect(unverifiedRows).toBe(0);
  });

  it('passes every check of every table after one repair, but the feature that has no source', () => {
    expect(ended.code).toBe(0);
    expect(report).toMatchObject({ status: 'passed', verdict: 'WARN', repairs: 1 });
    const checks = report.tables.flatMap((table) => table.checks);
    expect(checks.length).toBeGreaterThan(200);
    const others = checks.filter((check) => check.verdict !== 'PASS');
    expect(others.map(({ id, severity }) => [id, severity])).toEqual([
      ['assisted-rate-filled', 'warn'],
    ]);
  });

  it('leaves evidence of every gate that is judged again with the same verdict', async () => {
    const files = readdirSync(join(demo, 'reports', 'evidence'));
    expect(files.length).toBeGreaterThan(10);
    const differ: unknown[] = [];
    const output: Output = { ...terminal, line: () => undefined, json: () => undefined };
    for (const file of files) {
      const told: string[] = [];
      const path = join(demo, 'reports', 'evidence', file);
      const listening = { ...output, note: (text: string) => void told.push(text) };
      const code = await judgeEvidence(path, { world: `local:${demo}` }, listening);
      if (told.length > 0) differ.push([file, code, ...told]);
    }
    expect(differ).toEqual([]);
  });

  describe('leaves', () => {
    const open = (directory: string) => openWarehouse(join(directory, 'warehouse.duckdb'));
    let worlds: readonly OpenWarehouse[];

    beforeAll(async () => {
      worlds = [await open(whole), await open(demo)];
    });
    afterAll(() => Promise.all(worlds.map(({ server }) => server.close())));

    it.each(tables.map((table) => [table.name, table.key, table.dayColumn] as const))(
      '%s row by row as in a world where no game was ever missing',
      async (name, key, day) => {
        const [wanted, found] = await Promise.all(
          worlds.map(({ warehouse }) => rowsOf(warehouse, name, key, day)),
        );
        expect(wanted?.length).toBeGreaterThan(100);
        expect(found).toEqual(wanted);
      },
    );
  });
});
