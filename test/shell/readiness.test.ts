import { afterEach, beforeEach, expect, it } from 'vitest';
import { PhasegateError } from '../../shared/core/errors.ts';
import { relationsChosen } from '../../shared/core/gate-selection.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import { VERIFIED_DAYS } from '../../shared/core/system-tables.ts';
import { assess } from '../../shared/shell/assess.ts';
import { verifiedRows } from '../../shared/shell/evidence.ts';
import { runMonitor } from '../../shared/shell/run-monitor.ts';
import { TINY_RANGE } from '../fixtures/tiny-warehouse.ts';
import { type MonitoringWorld, monitorOf, openMonitoringWorld } from './monitoring-world.ts';

const SEASON = monitorOf('season', {
  what: 'data',
  policy: 'daily',
  tables: null,
  gate: null,
  days: { first: null, last: 1 },
});
const DIGEST = monitorOf('digest', { what: 'digest' });
let w: MonitoringWorld;

/** Everything is to be ready by ten of the day after, and one gate asks for a part of a table's checks. */
function readyByTen(pipeline: Pipeline): Pipeline {
  const readyBy = { daysAfter: 1, at: '10:00' };
  const [first] = pipeline.phases.flatMap((phase) => phase.tables.map(({ name }) => name));
  return {
    ...pipeline,
    phases: pipeline.phases.map((phase) => ({ ...phase, readyBy })),
    gates: [{ name: 'part', description: null, tables: [{ table: first!, checks: ['key'] }] }],
  };
}

beforeEach(async () => {
  w = await openMonitoringWorld([SEASON, DIGEST], readyByTen);
});
afterEach(() => w.close());

it('a look at data keeps which days were good and when, and the digest says how often that was in time', async () => {
  await w.look('season');
  const rows = await w.warehouse.query({
    sql: `SELECT table_name, days, judged_at FROM \`${VERIFIED_DAYS.name}\` ORDER BY table_name`,
    params: {},
  });
  expect(rows.rows).toEqual([
    { table_name: 'analytics.team_games', days: '2022-01-01..2022-01-10', judged_at: w.clock.now },
    { table_name: 'precompute.form', days: '2022-01-03..2022-01-10', judged_at: w.clock.now },
  ]);
  w.clock.now = '2022-01-11T16:00:00.000Z';
  await w.look('digest');
  const [digest] = w.heard();
  expect(digest?.severity).toBe('warning');
  expect(digest?.text.split('\n').slice(1, 3)).toEqual([
    'phase analytics is to be ready by 10:00 of the day after: it was on 0/9 (0.0%) days; late by 4 days in the median, 8 days at most',
    'phase precompute is to be ready by 10:00 of the day after: it was on 0/7 (0.0%) days; late by 3 days in the median, 6 days at most',
  ]);
  expect(await w.last('digest')).toMatchObject({ verdict: 'WARN' });
});

it('the digest comes although nobody can read how often phases were ready, and says so', async () => {
  const refuse = async () => {
    throw new PhasegateError('unavailable', 'the warehouse is away');
  };
  const broken = { ...w.monitoring, warehouse: { ...w.warehouse, query: refuse } };
  await runMonitor(broken, 'm1', { monitor: 'digest', due: null });
  const [digest] = w.heard();
  expect(digest?.text).toContain('how often phases were ready is not known: the warehouse is away');
  expect(await w.last('digest')).toMatchObject({ verdict: 'WARN' });
});

it("a part of a table's checks says of no day that it is good", async () => {
  const { pipeline } = w.monitoring.definitionNow();
  const relations = relationsChosen(pipeline, { gate: 'part' });
  const request = { id: 'part', relations, ...TINY_RANGE };
  const found = await assess(w.warehouse, pipeline, request, new Date().toISOString());
  const head = { evidence: 'part', at: w.clock.now };
  expect(found.tables[0]?.outcomes).toHaveProperty('VERIFIED');
  expect(verifiedRows(found.tables, found.schedule.calendar, head)).toEqual([]);
});
