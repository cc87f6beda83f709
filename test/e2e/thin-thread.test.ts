import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Row } from '../../shared/ports/warehouse.ts';
import { writeTinyLeague } from '../fixtures/tiny-league.ts';
import { type Ended, emptyDirectory, phasegate, rowsOf, withWarehouse } from './phasegate.ts';

const RANGE = ['--from', '2022-01-01', '--to', '2022-01-10'];
const PIPELINE = ['--pipeline', 'test/fixtures/tiny.yaml'];

describe('a run over a league whose raw box scores lack two days', () => {
  const base = emptyDirectory();
  const broken = ['--world', `local:${join(base, 'broken')}`, ...PIPELINE];
  const whole = ['--world', `local:${join(base, 'whole')}`, ...PIPELINE];
  let blocked: Ended;
  let repaired: Ended;
  let run: string;
  let readWhileBlocked: readonly Row[];

  const readersOf = (world: string) =>
    withWarehouse(join(base, world), (warehouse) =>
      rowsOf(warehouse, 'precompute_verified.form', ['game_date', 'team']),
    );

  beforeAll(async () => {
    writeTinyLeague(join(base, 'raw'), (day) => day !== '2022-01-04' && day !== '2022-01-05');
    writeTinyLeague(join(base, 'late'));
    await phasegate('load', join(base, 'raw'), ...broken);
    blocked = await phasegate('start', ...RANGE, ...broken, '--json');
    run = JSON.parse(blocked.stdout).run;
    readWhileBlocked = await readersOf('broken');
    await phasegate('load', join(base, 'late'), ...broken, '--only', 'raw_box');
    repaired = await phasegate('repair', run, ...broken.slice(0, 2), '--json');
    await phasegate('load', join(base, 'late'), ...whole);
    await phasegate('start', ...RANGE, ...whole);
  });

  it('is held back with exit code 1, and says which days and why', () => {
    expect(blocked.code).toBe(1);
    const { status, tables } = JSON.parse(blocked.stdout);
    expect(status).toBe('blocked');
    expect(tables[0]).toMatchObject({
      table: 'analytics.team_games',
      verdict: 'FAIL',
      badDays: ['2022-01-04..2022-01-05'],
      message: expect.stringContaining('20220104_AAA_DDD'),
    });
  });

  it('never launches what reads the blocked table', () => {
    const { tables } = JSON.parse(blocked.stdout);
    expect(tables[1]).toMatchObject({ table: 'precompute.form', state: 'skipped', attempt: 0 });
  });

  it('passes after the missing games arrived and a repair wrote the two days', () => {
    expect(repaired.code).toBe(0);
    const { tables } = JSON.parse(repaired.stdout);
    expect(tables.map((table: { state: string }) => table.state)).toEqual(['passed', 'passed']);
    expect(tables[0].attempt).toBe(2);
  });

  it.each([
    ['analytics.team_games', ['game_id', 'team']],
    ['precompute.form', ['game_date', 'team']],
  ])('leaves %s row by row as in a world where nothing was ever missing', async (table, order) => {
    const read = (world: string) =>
      withWarehouse(join(base, world), (warehouse) => rowsOf(warehouse, table, order));
    const rows = await read('whole');
    expect(rows.length).toBeGreaterThan(0);
    expect(await read('broken')).toEqual(rows);
  });

  it('shows its readers no row while it is blocked, and the very rows of the table in the end', async () => {
    expect(readWhileBlocked).toEqual([]);
    const rows = await withWarehouse(join(base, 'broken'), (warehouse) =>
      rowsOf(warehouse, 'precompute.form', ['game_date', 'team']),
    );
    expect(rows).toHaveLength(32);
    expect(await readersOf('broken')).toEqual(rows);
  });

  it('says in status and report which days it published', async () => {
    for (const command of ['status', 'report']) {
      const { stdout } = await phasegate(command, run, ...broken.slice(0, 2));
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
        'published when it passed: precompute_verified.form, 8 days, 2022-01-03..2022-01-10',
      );
    }
    const { tables } = JSON.parse(repaired.stdout);
    expect(tables[1].published).toEqual(['2022-01-03..2022-01-10']);
  });

  it('has nothing stale and nothing to write when it is started again', async () => {
    const again = await phasegate('start', ...RANGE, ...broken, '--json');
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ run: `${run}-2`, status: 'passed' });
    expect(
      JSON.parse(again.stdout).tables.map((table: { attempt: number }) => table.attempt),
    ).toEqual([0, 0]);
  });
});
