import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerApi } from '../../shared/adapters/api.ts';
import type { Caller } from '../../shared/adapters/api-route.ts';
import { lineagePlace } from '../../shared/adapters/lineage/lineage-place.ts';
import { answerPage } from '../../shared/adapters/pages/answer-page.ts';
import type { PagePlace } from '../../shared/adapters/pages/page-route.ts';
import { seasonsOf } from '../../shared/adapters/pages/seasons-of-place.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { PROFILES } from '../../shared/core/system-tables.ts';
import type { SelectTable } from '../../shared/core/table-job.ts';
import { readLineageTarget } from '../../shared/edge/lineage-target.ts';
import { tablePage } from '../../shared/page/table-view.ts';
import { tablesPage } from '../../shared/page/tables-view.ts';
import { NOBODY, OPERATOR } from '../cloud/api-place.ts';
import { day, selectTablesOf } from '../core/build.ts';
import { TINY } from '../fixtures/tiny-warehouse.ts';
import { type MonitoringWorld, monitorOf, openMonitoringWorld } from '../shell/monitoring-world.ts';

const [TEAM_GAMES] = selectTablesOf(TINY.pipeline) as [SelectTable];
const GRID = monitorOf('grid', { what: 'grid', seasons: 'current' });
let w: MonitoringWorld;
let place: PagePlace;

beforeAll(async () => {
  w = await openMonitoringWorld([GRID]);
  const { evidence, ...monitoring } = w.monitoring;
  place = { ...monitoring, evidence: evidence.store, world: 'local:.phasegate' };
  await w.write(TEAM_GAMES, '2022-01-05', 'AND FALSE');
});
afterAll(() => w.close());

const view = async (path: string) => {
  const url = new URL(path, 'http://localhost');
  return answerPage(place, url.pathname, url.searchParams);
};
const kept = async () =>
  (await w.warehouse.query({ sql: `SELECT COUNT(*) AS n FROM \`${PROFILES.name}\``, params: {} }))
    .rows[0]?.n;

it('what became of a day is read without a trace', async () => {
  const before = await kept();
  const [season] = await seasonsOf(place);
  expect(season?.read).toMatchObject({
    value: {
      tables: [
        {
          row: {
            table: 'analytics.team_games',
            outcomes: { EMPTY_SUSPECT: parseDaySet('2022-01-05') },
          },
        },
        {
          row: {
            table: 'precompute.form',
            outcomes: { STALE: parseDaySet('2022-01-06..2022-01-10') },
          },
        },
      ],
    },
  });
  expect(await kept()).toBe(before);
});

describe('the view of tables', () => {
  it('tells the worst of each table and season, and how much of it is VERIFIED', async () => {
    const { status, body } = await view('/tables');
    expect(status).toBe(200);
    expect(body).toMatch(/EMPTY_SUSPECT<\/span> 9\/10 \(90\.0%\)/);
    expect(body).toMatch(/STALE<\/span> 3\/8 \(37\.5%\)/);
  });

  it('says that a table does not pass where a check fails that names no day, and each day is good', async () => {
    const [look] = await seasonsOf(place);
    const { pipeline } = place.definitionNow();
    const [table] = look !== undefined && 'value' in look.read ? look.read.value.tables : [];
    if (look === undefined || !('value' in look.read) || table === undefined) throw new Error('?');
    const [check] = table.checks;
    if (check === undefined) throw new Error('no check');
    const failing = {
      ...check,
      id: 'drift',
      verdict: 'FAIL',
      severity: 'block',
      days: [],
    } as const;
    const row = { ...table.row, outcomes: { VERIFIED: parseDaySet('2022-01-01') } };
    const tables = [{ ...table, row, checks: [failing] }];
    const seasons = [{ ...look, read: { value: { ...look.read.value, tables } } }];
    const all = tablesPage({ pipeline, seasons }).body.markup;
    expect(all).toMatch(/VERIFIED<\/span> 1\/1 \(100\.0%\), and as a whole .*FAIL</);
    const { name, today } = { name: table.row.table, today: day('2022-01-11') };
    const nothing = { day: null, judged: { value: [] }, troubles: { value: [] }, world: 'gcp' };
    const one = tablePage({ name, pipeline, today, seasons, ...nothing }).body.markup;
    expect(one).toMatch(/FAIL<\/span> season 2021 as a whole: <strong>drift/);
  });

  it('says of a source without a promise that nobody judges it', async () => {
    expect((await view('/tables')).body).toContain('it promises nothing, so nobody judges it');
  });
});

it('the API tells the same days as spans, to those who may read', async () => {
  const lineage = lineagePlace(readLineageTarget({}, 'phasegate'), 'local');
  const people = { ...w.monitoring, evidence: w.monitoring.evidence.store, lineage };
  const ask = (caller: Caller) =>
    answerApi({ ...w.monitoring, people }, { method: 'GET', path: '/v1/grid', body: '', caller });
  expect(await ask(OPERATOR)).toMatchObject({
    status: 200,
    body: {
      seasons: [{ season: 2021, expected: ['2022-01-01..2022-01-10'] }],
      tables: [
        { table: 'analytics.team_games', overdue: ['2022-01-05..2022-01-05'] },
        { table: 'precompute.form', outcomes: { STALE: ['2022-01-06..2022-01-10'] } },
      ],
    },
  });
  expect(await ask(NOBODY)).toMatchObject({ status: 403 });
});

describe('the view of a table', () => {
  it('names the days that are not good, and the check that says so', async () => {
    const { body } = await view('/tables/analytics.team_games');
    expect(body).toContain('href="/tables/analytics.team_games?day=2022-01-05"');
    expect(body).toMatch(/<strong>days<\/strong>: /);
    expect(body).toContain('is read by</dt><dd><a href="/tables/precompute.form">');
  });

  it('tells of one day what it holds and which launches wrote it', async () => {
    const { body } = await view('/tables/analytics.team_games?day=2022-01-05');
    expect(body).toContain('<dt>rows</dt><dd>0</dd>');
    expect(body).toMatch(/<dt>expected<\/dt><dd>[1-9]\d*<\/dd>/);
    expect(body.match(/<td>success<\/td>/g)).toHaveLength(2);
  });

  it('is refused for what is no day, and is not there for what is no table', async () => {
    expect(await view('/tables/analytics.team_games?day=2022-02-31')).toMatchObject({
      status: 400,
    });
    expect(await view('/tables/analytics.nothing')).toMatchObject({ status: 404 });
  });
});

describe('the view of monitors', () => {
  it('tells a monitor that never looked from one that found something', async () => {
    expect((await view('/monitors')).body).toContain('it has never looked');
    await w.look('grid');
    const { body } = await view('/monitors');
    expect(body).toContain('1 open');
    expect((await view('/monitors/grid')).body).toContain('analytics.team_games is bad');
  });

  it('says that nobody tests the channels, and does not take that for good', async () => {
    expect((await view('/monitors')).body).toContain('that alerts arrive is not known');
  });

  it('says in its own section what could not be read, and tells the rest', async () => {
    const list = () => Promise.reject(new Error('the scheduler is away'));
    const url = '/monitors';
    const { status, body } = await answerPage(
      { ...place, scheduler: { list } },
      url,
      new URLSearchParams(),
    );
    expect([status, body.includes('the scheduler is away'), body.includes('1 open')]).toEqual([
      200,
      true,
      true,
    ]);
  });
});

it('a season that could not be read is said to be unknown, and is asked for again', async () => {
  let isDown = true;
  const warehouse: PagePlace['warehouse'] = {
    ...w.warehouse,
    dayStates: (tables) =>
      isDown ? Promise.reject(new Error('no answer')) : w.warehouse.dayStates(tables),
  };
  const ask = async () =>
    (await answerPage({ ...place, warehouse }, '/tables', new URLSearchParams())).body;
  expect(await ask()).toMatch(/Not known.*no answer/s);
  isDown = false;
  expect(await ask()).toContain('9/10 (90.0%)');
});
