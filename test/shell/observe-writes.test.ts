import { afterEach, beforeEach, expect, it } from 'vitest';
import { PhasegateError } from '../../shared/core/errors.ts';
import { launchId } from '../../shared/core/ids.ts';
import type { SelectTable } from '../../shared/core/table-job.ts';
import { runMonitor } from '../../shared/shell/run-monitor.ts';
import { replaceStatement } from '../../shared/sql/replace.ts';
import { RUN, selectTablesOf } from '../core/build.ts';
import { TINY } from '../fixtures/tiny-warehouse.ts';
import { type MonitoringWorld, monitorOf, openMonitoringWorld } from './monitoring-world.ts';

const [TEAM_GAMES] = selectTablesOf(TINY.pipeline) as [SelectTable];
const WRITES = monitorOf('writes', { what: 'writes', days: { first: 10, last: 1 } });
const MONDAY = '2022-01-11T14:00:30.000Z';
let w: MonitoringWorld;
beforeEach(async () => {
  w = await openMonitoringWorld([WRITES]);
  w.clock.now = MONDAY;
});
afterEach(() => w.close());

/** Somebody who is not of ours empties a day. */
async function emptied(day: string): Promise<void> {
  const select = `${TEAM_GAMES.job.select} AND FALSE`;
  const sql = replaceStatement({ ...TEAM_GAMES, table: TEAM_GAMES.name, select });
  const date = { type: 'DATE', value: day } as const;
  await w.warehouse.write({ sql, params: { from: date, to: date } }, { jobId: `foreign-${day}` });
}

it('says nothing of days that hold what was written to them', async () => {
  await w.look('writes');
  expect(w.heard()).toEqual([]);
  expect(await w.last('writes')).toMatchObject({ verdict: 'PASS', findings: 0 });
});

it('tells of a written day that lost its rows, with the numbers, until somebody writes it again', async () => {
  await emptied('2022-01-05');
  await w.look('writes');
  const [alert, ...others] = w.heard();
  expect(others).toEqual([]);
  expect(alert?.key).toContain(`monitor/writes/data/${TEAM_GAMES.name}/new/`);
  expect(alert?.text).toMatch(/2022-01-05: [1-9]\d* rows by \S+, 0 now/);
  expect(alert?.text).toContain('next: npx phasegate gate --table analytics.team_games');
  w.clock.now = '2022-01-25T14:00:30.000Z';
  await w.look('writes');
  expect(w.heard().map(({ key }) => key.split('/').at(-2))).toEqual(['lasts']);
  await w.write(TEAM_GAMES, '2022-01-05');
  w.clock.now = '2022-01-26T14:00:30.000Z';
  await w.look('writes');
  expect(w.heard().map(({ key }) => key.split('/').at(-2))).toEqual(['over']);
});

it('tells of a day with more rows than were written', async () => {
  const row = { game_id: 'x', game_date: '2022-01-06', team: 'ZZZ', points: 1 };
  await w.warehouse.append(TEAM_GAMES.name, [row], { jobId: 'foreign' });
  await w.look('writes');
  expect(w.heard()[0]?.text).toMatch(/2022-01-06: (\d+) rows by \S+, \d+ now/);
});

/** A launch that begins, or ends, without having written. */
async function launchIs(status: 'running' | 'failed'): Promise<void> {
  const history = {
    run: RUN,
    launch: launchId(RUN, TEAM_GAMES.name, 9),
    table_name: TEAM_GAMES.name,
    data_date: '2022-01-05',
    status,
    recorded_at: status === 'running' ? '2099-01-01T00:00:00.000Z' : '2099-01-01T00:01:00.000Z',
  };
  await w.warehouse.append('phasegate.run_history' as never, [history], { jobId: status });
}

it('says nothing of a day that a launch is writing', async () => {
  await emptied('2022-01-05');
  await launchIs('running');
  await w.look('writes');
  expect(w.heard()).toEqual([]);
});

it('does not call lost rows over while a launch is at the day, nor when it failed', async () => {
  await emptied('2022-01-05');
  await w.look('writes');
  w.heard();
  for (const [status, now] of [
    ['running', '2022-01-12T13:00:30.000Z'],
    ['failed', '2022-01-12T14:00:30.000Z'],
  ] as const) {
    await launchIs(status);
    w.clock.now = now;
    await w.look('writes');
  }
  expect(w.heard().filter(({ key }) => key.includes('/over/'))).toEqual([]);
});

it('asks run history anew when a message comes again after a launch wrote the day', async () => {
  await emptied('2022-01-05');
  const { append } = w.warehouse;
  let isBusy = true;
  const busy: typeof append = async (...args) => {
    if (isBusy) throw new PhasegateError('unavailable', 'busy');
    return append(...args);
  };
  const monitoring = { ...w.monitoring, warehouse: { ...w.warehouse, append: busy } };
  const ask = () => runMonitor(monitoring, 'm1', { monitor: 'writes', due: null });
  await expect(ask()).rejects.toThrow('busy');
  await w.write(TEAM_GAMES, '2022-01-05');
  isBusy = false;
  await ask();
  expect(w.heard()).toEqual([]);
});

it('is idle where nothing was ever written', async () => {
  w.clock.now = '2022-01-31T14:00:30.000Z';
  await w.look('writes');
  expect(await w.last('writes')).toMatchObject({ verdict: 'IDLE' });
});
