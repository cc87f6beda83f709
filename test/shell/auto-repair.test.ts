import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { decide } from '../../shared/core/decide.ts';
import { parsePhaseName, parseTableName } from '../../shared/core/ids.ts';
import type { AutoRepair, Pipeline } from '../../shared/core/pipeline.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import type { SelectTable } from '../../shared/core/table-job.ts';
import { requestHash } from '../../shared/edge/request-hash.ts';
import { readStart } from '../../shared/edge/wire.ts';
import { observe } from '../../shared/shell/observe.ts';
import { readPlan } from '../../shared/shell/read-plan.ts';
import { runMonitor } from '../../shared/shell/run-monitor.ts';
import { day, type RUN, selectTablesOf } from '../core/build.ts';
import { TINY } from '../fixtures/tiny-warehouse.ts';
import { type MonitoringWorld, monitorOf, openMonitoringWorld } from './monitoring-world.ts';

const [TEAM_GAMES, FORM] = selectTablesOf(TINY.pipeline) as [SelectTable, SelectTable];
const GRID = monitorOf('grid', { what: 'grid', seasons: 'current' });
const TWIN = monitorOf('twin', { what: 'grid', seasons: 'all' });
const SEASON = monitorOf('season', {
  what: 'data',
  policy: 'daily',
  tables: null,
  gate: null,
  days: { first: null, last: 1 },
});
const REQUEST = {
  pipeline: 'tiny',
  from: day('2022-01-10'),
  to: day('2022-01-10'),
  phases: ['analytics', 'precompute'].map(parsePhaseName),
  mode: 'missing',
} as const;
const ID = `tiny-20220110-20220110-${requestHash(REQUEST)}` as typeof RUN;
let w: MonitoringWorld;
const _attempt = 500;
let policies: readonly (AutoRepair | null)[];

beforeEach(async () => {
  policies = [{ maximumDays: 3, perWeek: 2 }, null];
  w = await openMonitoringWorld([GRID, TWIN, SEASON]);
  const { definitionNow } = w.monitoring;
  const definition = definitionNow();
  const withPolicies = (pipeline: Pipeline): Pipeline => ({
    ...pipeline,
    phases: pipeline.phases.map((phase, index) => ({
      ...phase,
      tables: phase.tables.map((each) => ({ ...each, autoRepair: policies[index] ?? null })),
    })),
  });
  Object.assign(w.monitoring, {
    definitionNow: () => ({ ...definition, pipeline: withPolicies(definition.pipeline) }),
  });
});
afterEach(() => w.close());

const empty = (days: string) => w.write(TEAM_GAMES, days, 'AND FALSE');

/** A run of this request, after these further facts. */
async function runIs(...events: readonly RunEvent[]): Promise<void> {
  const { runs, definitionNow } = w.monitoring;
  const signed = { by: 'ana', reason: '', at: w.clock.now };
  const requested: RunEvent = {
    type: 'run-requested',
    run: ID,
    request: REQUEST,
    definition: '0a1b2c3d',
    ...signed,
  };
  const { pipeline } = definitionNow();
  let expected = (await runs.load(ID))?.version ?? 0;
  let state = await runs.state(ID);
  for (const event of expected === 0 ? [requested, ...events] : events) {
    const step = decide(pipeline, state, event);
    if (step === null) throw new Error(`${event.type} changes nothing`);
    const id = `fact-${expected}`;
    await runs.post(ID, { id, event });
    await runs.commit(ID, { ...step, effects: [], expected, folded: [id] });
    state = step.state;
    expected++;
  }
}
const asked = (type: 'pause-requested' | 'cancel-requested'): RunEvent => ({
  type,
  by: 'ana',
  reason: 'wait',
  at: w.clock.now,
});

/** Why the grid opened no run, as people read it. */
async function refusal(): Promise<string> {
  await w.look('grid');
  expect(w.asked()).toEqual([]);
  const { open, repairs } = (await w.monitoring.monitors.load('grid')).state;
  expect(repairs).toBeUndefined();
  return open.flatMap(({ details }) => details).join('\n');
}

describe('a gap of a table that may be repaired', () => {
  it('opens one gated run over exactly the days that it needs, and says which', async () => {
    await empty('2022-01-10');
    await w.look('grid');
    expect(w.asked()).toEqual([
      { ...REQUEST, requestedBy: 'monitor grid', reason: 'gaps: data/analytics.team_games' },
    ]);
    const [alert, ...others] = w.heard();
    expect(others).toEqual([]);
    expect(alert?.text).toContain(`run ${ID} was asked for, from 2022-01-10 to 2022-01-10`);
    expect(alert?.text).toContain(`next: npx phasegate status ${ID}`);
    const { repairs } = (await w.monitoring.monitors.load('grid')).state;
    expect(repairs).toMatchObject([{ run: ID, isPublished: true, tables: [TEAM_GAMES.name] }]);
  });

  it('reaches as far as what writing it makes stale, and is a run that a start accepts', async () => {
    await empty('2022-01-08');
    await w.look('grid');
    const [message, ...others] = w.asked();
    expect(others).toEqual([]);
    const read = readStart(JSON.stringify(message));
    const request = 'start' in read ? read.start.request : REQUEST;
    expect(request).toMatchObject({ from: '2022-01-08', to: '2022-01-10' });
    const { warehouse, definitionNow } = w.monitoring;
    const at = new Date().toISOString();
    const plan = await readPlan(warehouse, definitionNow(), request, { id: 'plan' }, at);
    expect(plan.gaps).toEqual([]);
    expect(plan.tables.map(({ table, days }) => [table, days])).toEqual([
      [TEAM_GAMES.name, parseDaySet('2022-01-08')],
      [FORM.name, parseDaySet('2022-01-09..2022-01-10')],
    ]);
  });

  it('is told once more where another monitor had told of it: nobody opens a run in silence', async () => {
    await empty('2022-01-10');
    await w.look('season');
    w.heard();
    await w.look('grid');
    expect(w.heard().map(({ text }) => text.includes(ID))).toEqual([true]);
    expect(w.asked().length).toBe(1);
  });

  it('opens a run of the next name after one of the same request is over', async () => {
    await runIs(asked('cancel-requested'));
    await empty('2022-01-10');
    await w.look('grid');
    expect(w.heard()[0]?.text).toContain(`run ${ID}-2 was asked for`);
  });

  it('opens nothing where somebody looks by hand', async () => {
    await empty('2022-01-10');
    const { requestHash: _, ...byHand } = w.monitoring;
    const { state } = await w.monitoring.monitors.load('grid');
    const look = await observe(byHand, GRID, state, { id: 'by-hand', due: w.clock.now });
    expect([look.findings.length, look.repair]).toEqual([1, undefined]);
    expect(w.asked()).toEqual([]);
  });
});

describe('no run is opened', () => {
  it('for a table whose file says nothing of it', async () => {
    policies = [null, null];
    await empty('2022-01-10');
    expect(await refusal()).not.toContain('repair');
  });

  it('for more days than are allowed, those behind the gap included', async () => {
    await empty('2022-01-07');
    expect(await refusal()).toContain(
      'not repaired by itself: it would write 4 days from 2022-01-07 to 2022-01-10, with all that stands behind it; accepted: 3',
    );
  });

  it.each([
    ['live', []],
    ['paused by a person', ['pause-requested'] as const],
  ])('while a run over the same days is %s', async (_, events) => {
    await runIs(...events.map(asked));
    await empty('2022-01-10');
    expect(await refusal()).toContain(`not repaired by itself: run ${ID} is live`);
  });

  it('from a read that failed', async () => {
    await empty('2022-01-10');
    const deaf = {
      ...w.monitoring,
      warehouse: {
        ...w.warehouse,
        dryRun: async () => Promise.reject(new Error('no network')),
      },
    };
    await expect(runMonitor(deaf, 'm', { monitor: 'grid', due: null })).rejects.toThrow('network');
    expect(w.asked()).toEqual([]);
  });

  it('where a source has nothing to write from', async () => {
    const game = { game_id: '20220111_AAA_BBB', game_date: '2022-01-11', season_year: 2021 };
    await w.warehouse.append(
      parseTableName('raw.schedule'),
      [{ ...game, season_type: 'regular', game_status: 3, home: 'BBB', away: 'AAA' }],
      { jobId: 'one-more-game' },
    );
    w.clock.now = '2022-01-12T14:00:30.000Z';
    expect(await refusal()).not.toContain('run tiny');
  });

  it('for a table that may not, though its neighbour on the same days may', async () => {
    await empty('2022-01-10');
    await w.warehouse.append(
      FORM.name,
      ['AAA', 'AAA'].map((team) => ({ team, game_date: '2022-01-10', points_avg: 1 })),
      { jobId: 'twice' },
    );
    expect(await refusal()).toContain('precompute.form has no autoRepair');
  });

  it('more often in seven days than is allowed, by all monitors together', async () => {
    policies = [{ maximumDays: 3, perWeek: 1 }, null];
    await empty('2022-01-10');
    await w.look('grid');
    await w.look('twin');
    expect(w.asked().length).toBe(1);
    w.clock.now = '2022-01-18T13:59:00.000Z';
    await w.look('grid');
    expect(w.asked().length).toBe(0);
    const { open } = (await w.monitoring.monitors.load('twin')).state;
    expect(open[0]?.details[0]).toContain('analytics.team_games had its 1 run of seven days');
    w.clock.now = '2022-01-18T14:01:00.000Z';
    await w.look('twin');
    expect(w.asked().length).toBe(1);
  });

  it('twice for one look: not by another delivery, and not after a crash behind the message', async () => {
    await empty('2022-01-10');
    const { monitors } = w.monitoring;
    let commits = 0;
    const crashing = {
      ...w.monitoring,
      monitors: {
        ...monitors,
        load: (name: string) => monitors.load(name),
        commit: async (...given: Parameters<typeof monitors.commit>) => {
          if (++commits === 2) throw new Error('the instance was killed');
          return monitors.commit(...given);
        },
      },
    };
    const message = { monitor: 'grid', due: null };
    await expect(runMonitor(crashing, 'm1', message)).rejects.toThrow('killed');
    expect(w.asked().length).toBe(1);
    await runIs();
    await runMonitor(w.monitoring, 'm1', message);
    await runMonitor(w.monitoring, 'm1', message);
    expect(w.asked()).toEqual([]);
  });
});
