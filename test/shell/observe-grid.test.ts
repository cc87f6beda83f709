import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import type { Pipeline, Waiver } from '../../shared/core/pipeline.ts';
import type { SelectTable } from '../../shared/core/table-job.ts';
import { observe } from '../../shared/shell/observe.ts';
import { day, selectTablesOf } from '../core/build.ts';
import { TINY } from '../fixtures/tiny-warehouse.ts';
import { type MonitoringWorld, monitorOf, openMonitoringWorld } from './monitoring-world.ts';

const [TEAM_GAMES, FORM] = selectTablesOf(TINY.pipeline) as [SelectTable, SelectTable];
const GRID = monitorOf('grid', { what: 'grid', seasons: 'current' });
const ALL = monitorOf('all', { what: 'grid', seasons: 'all' });
const SEASON = monitorOf('season', {
  what: 'data',
  policy: 'daily',
  tables: null,
  gate: null,
  days: { first: null, last: 1 },
});
const LATER = '2022-09-30T14:00:30.000Z';
let w: MonitoringWorld;
let change: (pipeline: Pipeline) => Pipeline;
const _attempt = 300;

beforeEach(async () => {
  change = (pipeline) => pipeline;
  w = await openMonitoringWorld([GRID, ALL, SEASON], (pipeline) => pipeline);
  const { definitionNow } = w.monitoring;
  const definition = definitionNow();
  Object.assign(w.monitoring, {
    definitionNow: () => ({ ...definition, pipeline: change(definition.pipeline) }),
  });
});
afterEach(() => w.close());

const causes = () => w.heard().map(({ key }) => key.split('/').slice(1, 5).join('/'));
const shown = async () => {
  const state = (await w.monitoring.monitors.load('grid')).state;
  const look = await observe(w.monitoring, GRID, state, { id: 'by-hand', due: w.clock.now });
  return look.shown;
};

describe('the grid', () => {
  it('passes where every expected day of every table is good, and shows how many there are', async () => {
    await w.look('grid');
    expect(w.heard()).toEqual([]);
    expect(await w.last('grid')).toMatchObject({
      verdict: 'PASS',
      message: '2 tables in 1 season, 2022-01-01..2022-01-10; 0 with gaps',
    });
    expect(await shown()).toEqual([
      'analytics.team_games',
      '  ✓ 10/10',
      'precompute.form',
      '  ✓ 8/8',
    ]);
  });

  it('finds a gap however old it is, says since when it is overdue, and what to do', async () => {
    await w.write(TEAM_GAMES, '2022-01-05', 'AND FALSE');
    w.clock.now = LATER;
    await w.look('grid');
    const [alert, ...others] = w.heard();
    expect(others).toEqual([]);
    expect(alert?.key).toContain('monitor/grid/data/analytics.team_games/new/');
    expect(alert?.text).toContain(
      'analytics.team_games: ? EMPTY_SUSPECT on 2022-01-05 (1 day), overdue since 2022-01-06T05:00:00.000Z',
    );
    expect(alert?.text).toContain('precompute.form: ↻ STALE on 2022-01-06..2022-01-10 (5 days)');
    expect(alert?.text).toContain('npx phasegate start --from 2022-01-01');
    expect(await w.last('grid')).toMatchObject({ verdict: 'FAIL', findings: 1 });
    expect(await shown()).toContain('  2022-01  ✓ 9/10  ? 1 EMPTY_SUSPECT');
  });

  it('says no second time what a look at data has told', async () => {
    await w.write(TEAM_GAMES, '2022-01-05', 'AND FALSE');
    await w.look('season');
    await w.look('grid');
    expect(causes()).toEqual(['season/data/analytics.team_games/new']);
  });

  it.each([
    [
      'filled',
      async () => {
        await w.write(TEAM_GAMES, '2022-01-05');
        await w.write(FORM, '2022-01-05..2022-01-10');
      },
    ],
    [
      'waived',
      async () => {
        await w.write(FORM, '2022-01-05..2022-01-10');
        const checks = ['days', 'team-games'];
        const signed = (check: string): Waiver => ({
          table: TEAM_GAMES.name,
          check,
          days: parseDaySet('2022-01-05'),
          reason: 'the arena burnt',
          who: 'ana',
          until: day('2030-01-01'),
        });
        change = (pipeline) => ({ ...pipeline, waivers: checks.map(signed) });
      },
    ],
    [
      'excluded',
      async () => {
        await w.write(FORM, '2022-01-05..2022-01-10');
        const burnt = { days: parseDaySet('2022-01-05'), seasonTypes: [], reason: 'burnt' };
        change = (pipeline) => ({
          ...pipeline,
          calendar: { ...pipeline.calendar, exclusions: [burnt] },
        });
      },
    ],
  ])('holds a gap overdue until it is %s', async (_, end) => {
    await w.write(TEAM_GAMES, '2022-01-05', 'AND FALSE');
    await w.look('grid');
    w.clock.now = '2022-01-12T14:00:30.000Z';
    await w.look('grid');
    expect(causes()).toEqual([
      'grid/data/analytics.team_games/new',
      'grid/data/analytics.team_games/lasts',
    ]);
    await end();
    w.clock.now = '2022-01-13T14:00:30.000Z';
    await w.look('grid');
    expect(causes()).toContain('grid/data/analytics.team_games/over');
    expect((await w.monitoring.monitors.load('grid')).state.open).toEqual([]);
  });

  it('does not call a gap over because the schedule lost its days', async () => {
    await w.write(TEAM_GAMES, '2022-01-05', 'AND FALSE');
    await w.look('grid');
    w.heard();
    change = (pipeline) => ({
      ...pipeline,
      calendar: { ...pipeline.calendar, final: 'FALSE', calledOff: 'TRUE' },
    });
    w.clock.now = '2022-01-12T14:00:30.000Z';
    await w.look('grid');
    expect(causes()).toEqual([]);
    expect(await w.last('grid')).toMatchObject({ verdict: 'IDLE' });
    expect((await w.monitoring.monitors.load('grid')).state.open.length).toBe(1);
  });

  it('does not miss a day before its due time', async () => {
    change = (pipeline) => ({
      ...pipeline,
      phases: pipeline.phases.map((phase) => ({
        ...phase,
        tables: phase.tables.map((table) => ({ ...table, due: { daysAfter: 1, at: '12:00' } })),
      })),
    });
    await w.write(TEAM_GAMES, '2022-01-10', 'AND FALSE');
    await w.look('grid');
    expect(await w.last('grid')).toMatchObject({ verdict: 'PASS' });
    expect((await shown())?.slice(0, 2)).toEqual([
      'analytics.team_games',
      '  ✓ 9/9  · 1 not due yet',
    ]);
    w.clock.now = '2022-01-11T17:00:00.000Z';
    await w.look('season');
    expect(causes()).toEqual(['season/data/analytics.team_games/new']);
  });
});

describe('the grid of several seasons', () => {
  const twoSeasons = (pipeline: Pipeline): Pipeline => {
    const next = { season: 2022, start: day('2022-01-08') };
    const seasonStarts = [...pipeline.calendar.seasonStarts, next];
    return { ...pipeline, calendar: { ...pipeline.calendar, seasonStarts } };
  };

  it('looks at earlier ones only where it is asked to, and where it has a gap open', async () => {
    await w.write(TEAM_GAMES, '2022-01-05', 'AND FALSE');
    await w.write(FORM, '2022-01-06..2022-01-10');
    await w.look('grid');
    expect(causes()).toEqual(['grid/data/analytics.team_games/new']);
    change = twoSeasons;
    w.clock.now = '2022-01-12T14:00:30.000Z';
    await w.look('grid');
    expect(causes()).toEqual(['grid/data/analytics.team_games/lasts']);
    await w.look('all');
    const { open } = (await w.monitoring.monitors.load('all')).state;
    expect(open.map(({ cause }) => cause)).toEqual(['data/analytics.team_games']);
    expect((await w.last('all'))?.message).toContain('in 2 seasons, 2022-01-01..2022-01-11');
  });
});

it('a gap that nobody wrote belongs to the source that has nothing to write from', async () => {
  const game = { game_id: '20220111_AAA_BBB', game_date: '2022-01-11', season_year: 2021 };
  await w.warehouse.append(
    parseTableName('raw.schedule'),
    [{ ...game, season_type: 'regular', game_status: 3, home: 'BBB', away: 'AAA' }],
    { jobId: 'one-more-game' },
  );
  w.clock.now = '2022-01-12T14:00:30.000Z';
  await w.look('grid');
  const [alert, ...others] = w.heard();
  expect(others).toEqual([]);
  expect(alert?.key).toContain('monitor/grid/data/raw.box/new/');
  expect(alert?.text).toContain('analytics.team_games: ○ NEVER_RAN on 2022-01-11 (1 day)');
});
