import { expect, it } from 'vitest';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { PhasegateError } from '../../shared/core/errors.ts';
import { parseRunId } from '../../shared/core/ids.ts';
import type { World } from '../../shared/ports/world.ts';
import { alone, endStart, holderOf, STARTS } from '../../shared/shell/alone.ts';
import { sweep } from '../../shared/shell/sweep.ts';
import { day, pipelineOf, RUN, requestOf, sameDay, table } from '../core/build.ts';
import { requestedRun } from '../core/requested-run.ts';

const OTHER = parseRunId(`${RUN.slice(0, -8)}ffffffff`);
const pipeline = pipelineOf(table('a.teams', [sameDay('raw.schedule')]));
const request = requestOf(pipeline);

function world() {
  const outside = { now: '2026-01-03T04:00:00.000Z' };
  const parts = {
    runs: sqliteRunStore(openStateFile(':memory:')),
    jobs: { running: async () => [] },
    pipelineOf: async () => pipeline,
    now: () => outside.now,
  };
  return { w: parts as unknown as World, outside };
}

it('of two starts on the same days at one moment the second has to come again', async () => {
  const { w } = world();
  const inside = () => alone(w, pipeline, request, OTHER, 'm2', async () => 'second');
  await expect(alone(w, pipeline, request, RUN, 'm1', inside)).rejects.toMatchObject({
    kind: 'unavailable',
    message: expect.stringContaining(RUN),
  });
  expect(await alone(w, pipeline, request, RUN, 'm1', async () => 'first')).toBe('first');
  expect(await inside()).toBe('second');
});

it('a start that met trouble holds its days for its next delivery, and one that is refused holds nothing', async () => {
  const { w } = world();
  for (const kind of ['unavailable', 'invalid-input'] as const) {
    const trouble = async () => Promise.reject(new PhasegateError(kind, 'no'));
    await expect(alone(w, pipeline, request, RUN, 'm1', trouble)).rejects.toThrow('no');
    const held = (await w.runs.locks()).map(({ launch }) => launch);
    expect(held).toEqual(kind === 'unavailable' ? [holderOf(RUN, 'm1')] : []);
  }
});

it('two messages that set one run going do not let go of what the other one holds', async () => {
  const { w } = world();
  const first = () => alone(w, pipeline, request, RUN, 'm1', async () => 'first');
  await expect(alone(w, pipeline, request, RUN, 'm2', first)).rejects.toMatchObject({
    kind: 'unavailable',
  });
  const inside = async () => {
    await endStart(w, 'm1');
    return (await w.runs.locks()).map(({ launch }) => launch);
  };
  const held = await alone(w, pipeline, request, RUN, 'm2', inside);
  expect(held).toEqual([holderOf(RUN, 'm2')]);
});

it('a delivery that finds the days held lets go of nothing that another delivery of its message holds', async () => {
  const { w } = world();
  const inside = async () => {
    const again = alone(w, pipeline, request, OTHER, 'm1', async () => 'again');
    await expect(again).rejects.toMatchObject({ kind: 'unavailable' });
    return (await w.runs.locks()).map(({ launch }) => launch);
  };
  const held = await alone(w, pipeline, request, RUN, 'm1', inside);
  expect(held).toEqual([holderOf(RUN, 'm1')]);
});

it('a message lets go of all that its deliveries hold, for whichever run', async () => {
  const { w } = world();
  const held = [
    [RUN, 'm1', day('2022-01-01')],
    [OTHER, 'm1', day('2022-01-02')],
    [OTHER, 'm2', day('2022-01-03')],
  ] as const;
  for (const [run, message, from] of held) {
    const lock = { table: STARTS, launch: holderOf(run, message), run, days: [{ from, to: from }] };
    await w.runs.lock(lock, 3);
  }
  await endStart(w, 'm1');
  expect((await w.runs.locks()).map(({ launch }) => launch)).toEqual([holderOf(OTHER, 'm2')]);
});

it('a message that has been posted keeps nobody waiting, whatever became of its handler', async () => {
  const { w } = world();
  const days = [{ from: request.from, to: request.to }];
  await w.runs.lock({ table: STARTS, launch: holderOf(RUN, 'm1'), run: RUN, days }, 1);
  const inside = () => alone(w, pipeline, request, RUN, 'm2', async () => 'second');
  await expect(inside()).rejects.toMatchObject({ kind: 'unavailable' });
  await w.runs.post(RUN, { id: 'm1', event: requestedRun(pipeline) });
  expect(await inside()).toBe('second');
  expect(await w.runs.locks()).toEqual([]);
});

it('two starts on other days do not wait for each other', async () => {
  const { w } = world();
  const later = requestOf(pipeline, { from: day('2022-02-01'), to: day('2022-02-28') });
  const inside = () => alone(w, pipeline, later, OTHER, 'm2', async () => 'second');
  expect(await alone(w, pipeline, request, RUN, 'm1', inside)).toBe('second');
});

it('a start that died keeps others waiting for as long as a handler may live, and no longer', async () => {
  const { w, outside } = world();
  const launch = holderOf(RUN, 'm1');
  const days = [{ from: request.from, to: request.to }];
  await w.runs.lock({ table: STARTS, launch, run: RUN, days }, 1);
  const held = new Map();
  for (const minute of ['00', '14']) {
    outside.now = `2026-01-03T04:${minute}:59.000Z`;
    await sweep(w, held);
    expect((await w.runs.locks()).length).toBe(1);
  }
  outside.now = '2026-01-03T04:15:59.000Z';
  await sweep(w, held);
  expect(await w.runs.locks()).toEqual([]);
});
