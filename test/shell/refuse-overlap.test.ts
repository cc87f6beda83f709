import { describe, expect, it } from 'vitest';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { parsePhaseName, parseRunId } from '../../shared/core/ids.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import type { RunRequest } from '../../shared/core/run.ts';
import type { World } from '../../shared/ports/world.ts';
import { record } from '../../shared/shell/drain.ts';
import { refuseOverlap } from '../../shared/shell/refuse-overlap.ts';
import { calendarOf, day, pipelineOf, requestOf, sameDay, table } from '../core/build.ts';

const AT = '2026-01-03T04:00:00.000Z';
const LIVE = parseRunId('tiny-20220101-20220131-0a1b2c3d');
const ANOTHER = parseRunId('tiny-20220101-20220131-0a1b2c3d-2');
const analytics = parsePhaseName('analytics');
const precompute = parsePhaseName('precompute');
const pipeline = pipelineOf(
  table('a.teams', [sameDay('raw.schedule')]),
  table('p.features', [sameDay('a.teams')], { phase: precompute, bootstrapDays: 10 }),
);

/** A world with one live run of January, which wrote nothing yet. */
async function world(live: Partial<RunRequest> = {}, itsPipeline: Pipeline = pipeline) {
  const w = {
    runs: sqliteRunStore(openStateFile(':memory:')),
    bus: { publish: async () => 'm' },
    pipelineOf: async (hash: string) => (hash === 'live' ? itsPipeline : pipeline),
  } as unknown as World;
  await record(w, LIVE, 'm1', requestedOf(itsPipeline, live));
  return w;
}

const requestedOf = (itsPipeline: Pipeline, live: Partial<RunRequest>) =>
  ({
    type: 'run-requested',
    run: LIVE,
    request: requestOf(itsPipeline, live),
    definition: 'live',
    by: 'ana',
    reason: '',
    at: AT,
  }) as const;

const ask = (w: World, fields: Partial<RunRequest>, own = ANOTHER) =>
  refuseOverlap(w, pipeline, requestOf(pipeline, fields), own);
const refused = { kind: 'invalid-input' };

describe('a request', () => {
  it('for days and tables of a live run is refused by the name of that run', async () => {
    const w = await world();
    const asked = ask(w, { from: day('2022-01-31'), to: day('2022-02-10') });
    await expect(asked).rejects.toMatchObject(refused);
    await expect(asked).rejects.toThrow(
      `run ${LIVE} is live and writes a.teams on 2022-01-31..2022-01-31, and 1 more of these tables`,
    );
  });

  it('is refused from the moment on at which the other one was posted, folded or not', async () => {
    const w = await world();
    const event = { ...requestedOf(pipeline, {}), run: ANOTHER } as const;
    await w.runs.post(ANOTHER, { id: 'm2', event });
    await expect(ask(w, {}, LIVE)).rejects.toThrow(`run ${ANOTHER} is live`);
  });

  it('is refused while what wakes an ended run was posted and not yet folded', async () => {
    const w = await world();
    const trouble = { type: 'outcomes-unreadable', round: 1, message: 'x', at: AT } as const;
    await record(w, LIVE, 'outcomes:1', trouble);
    await ask(w, {});
    const event = { type: 'repair-requested', by: 'ana', reason: '', at: AT } as const;
    await w.runs.post(LIVE, { id: 'm3', event });
    await expect(ask(w, {})).rejects.toThrow(`run ${LIVE} is live`);
  });

  it('that differs in its mode alone is another request, and is refused', async () => {
    await expect(ask(await world(), { mode: 'all' })).rejects.toMatchObject(refused);
  });

  it('of the live run itself has no rival, and that of an ended run of the same request has', async () => {
    const w = await world();
    await ask(w, {}, LIVE);
    await expect(ask(w, {})).rejects.toMatchObject(refused);
  });

  it.each([
    ['days after those of the live run', {}, { from: day('2022-02-01'), to: day('2022-02-10') }],
    ['days before those of the live run', {}, { from: day('2021-12-01'), to: day('2021-12-31') }],
    ['phases that the live run does not write', { phases: [analytics] }, { phases: [precompute] }],
    ['phases that it only judges', { phases: [precompute] }, { phases: [analytics] }],
  ])('for %s is not refused', async (_, live, asked) => {
    await ask(await world(live), asked);
  });

  it('for a table of a live run of another pipeline is refused', async () => {
    const other = { ...pipeline, name: 'other' };
    await expect(ask(await world({}, other), {})).rejects.toThrow(LIVE);
  });

  it('for tables that no live run has is not refused', async () => {
    const other = { ...pipelineOf(table('b.teams', [sameDay('raw.schedule')])), name: 'other' };
    await ask(await world({}, other), {});
  });

  it('is not refused once the run has come to rest', async () => {
    const w = await world();
    await expect(ask(w, { mode: 'all' })).rejects.toMatchObject(refused);
    const trouble = { type: 'outcomes-unreadable', round: 1, message: 'x', at: AT } as const;
    await record(w, LIVE, 'outcomes:1', trouble);
    await ask(w, { mode: 'all' });
  });
});

describe('a live run that knows its calendar', () => {
  async function planned() {
    const w = await world();
    const outcomes = { 'a.teams': {}, 'p.features': {} };
    const calendar = calendarOf('2022-01-01..2022-01-14');
    await record(w, LIVE, 'outcomes:1', {
      type: 'outcomes-read',
      round: 1,
      calendar,
      outcomes,
      at: AT,
    });
    expect((await w.runs.load(LIVE))?.state?.status).toBe('live');
    return w;
  }

  it('keeps nobody from days on which nothing is expected', async () => {
    await ask(await planned(), { from: day('2022-01-15'), to: day('2022-02-10') });
  });

  it('keeps nobody from the first days of a season of a table that starts later', async () => {
    const w = await planned();
    const early = { from: day('2022-01-05'), to: day('2022-01-09') };
    await ask(w, { ...early, phases: [precompute] });
    await expect(ask(w, early)).rejects.toThrow('a.teams on 2022-01-05..2022-01-09;');
  });
});
