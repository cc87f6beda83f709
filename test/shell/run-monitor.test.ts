import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Check } from '../../shared/core/check.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { MONITOR_RESULTS } from '../../shared/core/system-tables.ts';
import type { SelectTable } from '../../shared/core/table-job.ts';
import { runMonitor } from '../../shared/shell/run-monitor.ts';
import { RUN, selectTablesOf } from '../core/build.ts';
import { requested } from '../core/run-story.ts';
import { TINY } from '../fixtures/tiny-warehouse.ts';
import { type MonitoringWorld, monitorOf, openMonitoringWorld } from './monitoring-world.ts';

const [TEAM_GAMES, FORM] = selectTablesOf(TINY.pipeline) as [SelectTable, SelectTable];
const ALL = { what: 'data', policy: 'daily', tables: null, gate: null } as const;
const WEEK = monitorOf('week', { ...ALL, days: { first: 7, last: 1 } });
const SEASON = monitorOf('season', { ...ALL, days: { first: null, last: 1 } });
const STUCK = monitorOf(
  'stuck',
  { what: 'runs', lookBackDays: 3, leftAloneMinutes: 120, handOverMinutes: 15 },
  { cron: '*/15 * * * *', deadlineMinutes: 10 },
);
const DIGEST = monitorOf('digest', { what: 'digest' });
const MONDAY = '2022-01-11T14:00:30.000Z';
let w: MonitoringWorld;
let attempt = 100;

beforeEach(async () => {
  w = await openMonitoringWorld([WEEK, SEASON, STUCK, DIGEST]);
});
afterEach(() => w.close());

async function rows() {
  const sql = `SELECT monitor, verdict, findings FROM \`${MONITOR_RESULTS.name}\` ORDER BY due_at`;
  const options = { jobId: `read-${attempt++}`, labels: {}, maximumBytes: 2 ** 30 };
  return (await w.warehouse.query({ sql, params: {} }, options)).rows;
}

const causes = () => w.heard().map(({ key }) => key.split('/').slice(2, 5).join('/'));

describe('a monitor of data', () => {
  it('says nothing of what is as it should be, and keeps that it looked', async () => {
    await w.look('season');
    expect(w.heard()).toEqual([]);
    expect(await w.last('season')).toMatchObject({
      due: '2022-01-11T14:00:00.000Z',
      verdict: 'PASS',
      message: '2 tables on 2022-01-01..2022-01-10',
      findings: 0,
    });
    expect(await rows()).toMatchObject([{ monitor: 'season', verdict: 'PASS', findings: 0 }]);
  });

  it('tells one trouble once, whatever stands behind it, and looks no second time for one due time', async () => {
    await w.write(TEAM_GAMES, '2022-01-05', 'AND FALSE');
    await w.look('season');
    const [alert, ...others] = w.heard();
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      key: expect.stringContaining('monitor/season/data/analytics.team_games/new/'),
      severity: 'error',
    });
    expect(alert?.text).toContain(
      'analytics.team_games is bad; nobody judges raw.box, which it reads',
    );
    expect(alert?.text).toContain('2022-01-05');
    expect(alert?.text).toContain('; then npx phasegate start --from 2022-01-01 --to 2022-01-10');
    await w.look('season');
    expect(w.heard()).toEqual([]);
    expect((await rows()).length).toBe(1);
  });

  it('tells of a phase that never ran together with what held it back, and by itself when that is over', async () => {
    const game = { game_id: '20220111_AAA_BBB', game_date: '2022-01-11' };
    const played = { season_year: 2021, season_type: 'regular', game_status: 3 };
    await w.warehouse.append(
      parseTableName('raw.schedule'),
      [{ ...game, ...played, home: 'BBB', away: 'AAA' }],
      { jobId: 'one-more-game' },
    );
    w.clock.now = '2022-01-12T14:00:30.000Z';
    await w.look('season');
    const [alert, ...others] = w.heard();
    expect(others).toEqual([]);
    expect(alert?.key).toContain('monitor/season/data/raw.box/new/');
    expect(alert?.text).toContain('raw.box lacks or breaks what is promised of it, and 2 tables');
    await w.warehouse.append(
      parseTableName('raw.box'),
      ['AAA', 'BBB'].map((team) => ({ ...game, team, points: 100 })),
      { jobId: 'its-box-scores' },
    );
    await w.write(TEAM_GAMES, '2022-01-11');
    w.clock.now = '2022-01-13T14:00:30.000Z';
    await w.look('season');
    expect(causes()).toEqual(['data/precompute.form/new', 'data/raw.box/over']);
  });

  it.each([
    ['daily', 'FAIL'],
    ['backfill', 'PASS'],
  ] as const)('judges by the thresholds of policy %s: %s', async (policy, verdict) => {
    const { pipeline, ...rest } = w.monitoring.definitionNow();
    const stricter = (check: Check): Check =>
      check.kind === 'range' ? { ...check, max: 60 } : check;
    const phases = pipeline.phases.map((phase) => ({
      ...phase,
      tables: phase.tables.map((each) => ({ ...each, dailyChecks: each.checks.map(stricter) })),
    }));
    const monitors = [monitorOf('week', { ...ALL, days: { first: 7, last: 1 }, policy })];
    const definition = { ...rest, pipeline: { ...pipeline, phases, monitors } };
    const monitoring = { ...w.monitoring, definitionNow: () => definition };
    await runMonitor(monitoring, 'm1', { monitor: 'week', due: null });
    expect((await w.last('week'))?.verdict).toBe(verdict);
  });

  it('goes on looking at a day that left its window, and tells when it is good again', async () => {
    await w.write(TEAM_GAMES, '2022-01-05', 'AND FALSE');
    await w.look('week');
    expect(causes()).toEqual(['data/analytics.team_games/new']);
    w.clock.now = '2022-01-20T14:00:30.000Z';
    await w.look('week');
    expect(causes()).toEqual(['data/analytics.team_games/lasts']);
    expect(await w.last('week')).toMatchObject({ verdict: 'FAIL' });
    await w.write(TEAM_GAMES, '2022-01-05');
    await w.write(FORM, '2022-01-05..2022-01-10');
    w.clock.now = '2022-01-21T14:00:30.000Z';
    await w.look('week');
    expect(causes()).toEqual(['data/analytics.team_games/over']);
  });

  it('does not call a trouble over because the schedule no longer expects its days', async () => {
    await w.write(TEAM_GAMES, '2022-01-05', 'AND FALSE');
    await w.look('week');
    w.heard();
    const { calendar } = TINY.pipeline;
    const final = `(${calendar.final}) AND game_date <> '2022-01-05'`;
    const lost = { ...calendar, final, calledOff: 'TRUE' };
    const definition = w.monitoring.definitionNow();
    const monitoring = {
      ...w.monitoring,
      definitionNow: () => ({
        ...definition,
        pipeline: { ...definition.pipeline, calendar: lost },
      }),
    };
    w.clock.now = '2022-01-12T14:00:30.000Z';
    await runMonitor(monitoring, 'm2', { monitor: 'week', due: null });
    expect(causes().filter((cause) => cause.endsWith('/over'))).toEqual([]);
    const { open } = (await w.monitoring.monitors.load('week')).state;
    expect(open.map(({ cause }) => cause)).toContain('data/analytics.team_games');
  });

  it('tells of a schedule that is gone, and not of every table that has nothing to be held against', async () => {
    const gone = { ...TINY.pipeline.calendar, final: 'FALSE', calledOff: 'TRUE' };
    const { pipeline, ...rest } = w.monitoring.definitionNow();
    const definition = { ...rest, pipeline: { ...pipeline, calendar: gone } };
    const monitoring = { ...w.monitoring, definitionNow: () => definition };
    w.clock.now = '2022-01-20T14:00:30.000Z';
    await runMonitor(monitoring, 'm1', { monitor: 'season', due: null });
    expect(causes()).toEqual(['schedule/silent/new']);
    expect((await w.last('season'))?.verdict).toBe('UNKNOWN');
  });

  it('is idle where no game was due, which is no pass', async () => {
    w.clock.now = '2022-01-19T14:00:30.000Z';
    await w.look('week');
    expect(w.heard()).toEqual([]);
    expect(await w.last('week')).toMatchObject({
      verdict: 'IDLE',
      message: 'no game was due from 2022-01-12 to 2022-01-18',
    });
  });

  it('does not take what nobody could read for a trouble that is over', async () => {
    await w.write(TEAM_GAMES, '2022-01-05', 'AND FALSE');
    await w.look('week');
    w.heard();
    const broken = {
      ...w.monitoring,
      warehouse: { ...w.warehouse, dayStates: async () => Promise.reject(new Error('no network')) },
    };
    w.clock.now = '2022-01-12T14:00:30.000Z';
    await expect(runMonitor(broken, 'm1', { monitor: 'week', due: null })).rejects.toThrow(
      'no network',
    );
    expect(w.heard()).toEqual([]);
    expect((await w.monitoring.monitors.load('week')).state.open.length).toBe(1);
  });
});

describe('the digest', () => {
  it('is told whatever there is, with what is open and who did not end in time', async () => {
    await w.write(TEAM_GAMES, '2022-01-05', 'AND FALSE');
    await w.look('season');
    w.heard();
    w.clock.now = '2022-01-11T16:00:00.000Z';
    await w.look('digest');
    const [digest] = w.heard();
    expect(digest).toMatchObject({ severity: 'error' });
    expect(digest?.text.split('\n')).toEqual([
      'digest of tiny: 1 open finding, 1 monitor of 3 ended in time',
      'week: has not looked yet',
      'stuck: has not looked yet',
      'analytics on 2022-01-10: 1 of 1 table verified',
      'precompute on 2022-01-10: 0 of 1 table verified',
      'no run since 2022-01-10',
      expect.stringMatching(/^since 2022-01-10 \d+\.\d GiB billed, 0 minutes of jobs$/),
      expect.stringContaining('season: analytics.team_games is bad'),
    ]);
  });

  it('comes when nobody can read the warehouse, and says so', async () => {
    const trouble = async () => Promise.reject(new Error('no network'));
    const warehouse = { ...w.warehouse, query: trouble, dayStates: trouble };
    w.clock.now = '2022-01-11T16:00:00.000Z';
    const monitoring = { ...w.monitoring, warehouse };
    const looked = runMonitor(monitoring, 'm1', { monitor: 'digest', due: null });
    expect(await looked.then(() => 'looked', String)).toBe('looked');
    const [digest] = w.heard();
    expect(digest?.text).toContain('what is verified on 2022-01-10 is not known: no network');
    expect(digest?.text).toContain('costs since 2022-01-10 are not known: no network');
  });

  it('names a monitor that did not end in time, however often it is due, and is loud then', async () => {
    await w.look('stuck');
    w.clock.now = '2022-02-11T14:00:00.000Z';
    await w.look('digest');
    const [digest] = w.heard();
    expect(digest).toMatchObject({ severity: 'error' });
    expect(digest?.text).toContain('stuck: was due at 2022-02-11T13:45:00.000Z, and last ended at');
  });
});

it('a monitor of runs that has none to look at is idle: nothing was shown', async () => {
  await w.look('stuck');
  expect(await w.last('stuck')).toMatchObject({ verdict: 'IDLE', findings: 0 });
});

it('a run that nobody took up is found by who watches the runs', async () => {
  const at = '2022-01-11T13:00:00.000Z';
  const event = { ...requested, at };
  await w.monitoring.runs.post(RUN, { id: 'm1', event });
  w.clock.now = '2022-01-11T13:15:00.000Z';
  await w.look('stuck');
  expect(w.heard()[0]?.text).toContain(`run-requested was not taken up, since ${at}`);
});

it('a monitor that the pipeline does not have is refused, naming those that it has', async () => {
  await expect(w.look('hourly')).rejects.toMatchObject({
    kind: 'invalid-input',
    message: expect.stringContaining('week, season, stuck, digest'),
  });
});

it('one that is called once more than it would looks once more, and only once for one message', async () => {
  const call = (message: string) =>
    runMonitor(w.monitoring, message, { monitor: 'week', due: null });
  for (const message of ['m1', 'm1', 'm2']) await call(message);
  expect((await w.monitoring.monitors.load('week')).state.runs.length).toBe(2);
  expect((await rows()).length).toBe(2);
});

it('a time to come is refused: a look for it would stand for all looks until then', async () => {
  const early = runMonitor(w.monitoring, 'm1', {
    monitor: 'week',
    due: '2022-01-11T14:02:00.000Z',
  });
  await expect(early).rejects.toMatchObject({ kind: 'invalid-input' });
  expect(await w.last('week')).toBeUndefined();
});

it('what was kept and not told is told by the next delivery, under the same key', async () => {
  await w.write(TEAM_GAMES, '2022-01-05', 'AND FALSE');
  const deaf = {
    ...w.monitoring,
    bus: { publish: async () => Promise.reject(new Error('no bus')) },
  };
  await expect(
    runMonitor(deaf, `m-season-${MONDAY}`, { monitor: 'season', due: null }),
  ).rejects.toThrow('no bus');
  w.clock.now = MONDAY;
  await w.look('season');
  expect(causes()).toEqual(['data/analytics.team_games/new']);
  await w.look('season');
  expect(causes()).toEqual([]);
});
