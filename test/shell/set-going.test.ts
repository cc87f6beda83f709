import { expect, it } from 'vitest';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { PhasegateError } from '../../shared/core/errors.ts';
import { parseRunId, type RunId } from '../../shared/core/ids.ts';
import type { World } from '../../shared/ports/world.ts';
import { endStart, holderOf, STARTS, setGoing } from '../../shared/shell/set-going.ts';
import { sweep } from '../../shared/shell/sweep.ts';
import { day, pipelineOf, RUN, requestOf, sameDay, table } from '../core/build.ts';
import { requestedRun } from '../core/requested-run.ts';

const OTHER = parseRunId(`${RUN.slice(0, -8)}ffffffff`);
const pipeline = pipelineOf(table('a.teams', [sameDay('raw.schedule')]));
const request = requestOf(pipeline);

function world() {
  const runs = sqliteRunStore(openStateFile(':memory:'));
  const outside = {
    now: '2026-01-03T04:00:00.000Z',
    /** What happens once, when somebody has just looked for live runs. */
    meanwhile: null as (() => Promise<unknown>) | null,
  };
  const parts = {
    runs: {
      ...runs,
      async unfinished() {
        const found = await runs.unfinished();
        const { meanwhile } = outside;
        outside.meanwhile = null;
        await meanwhile?.();
        return found;
      },
    },
    bus: { publish: async () => '1' },
    jobs: { running: async () => [] },
    pipelineOf: async () => pipeline,
    now: () => outside.now,
  };
  const w = parts as unknown as World;
  const start = (run: RunId, messageId: string, asked = request) =>
    setGoing(w, pipeline, asked, run, messageId, {
      ...requestedRun(pipeline),
      run,
      request: asked,
    });
  const holders = async () => (await runs.locks()).map(({ launch }) => launch);
  return { w, outside, start, holders };
}

const mustComeAgain = { kind: 'unavailable' };

it('of two starts on the same days at one moment the second has to come again, and is refused then', async () => {
  const { w, outside, start } = world();
  outside.meanwhile = () =>
    expect(start(OTHER, 'm2')).rejects.toMatchObject({
      ...mustComeAgain,
      message: expect.stringContaining(RUN),
    });
  await start(RUN, 'm1');
  await expect(start(OTHER, 'm2')).rejects.toMatchObject({ kind: 'invalid-input' });
  expect(await w.runs.list()).toEqual([RUN]);
  expect(await w.runs.locks()).toEqual([]);
});

it('a start that slept while others let go of its days and took them posts nothing', async () => {
  const { w, outside, start, holders } = world();
  outside.meanwhile = async () => {
    await w.runs.unlock(STARTS, holderOf(RUN, 'm1'));
    await start(OTHER, 'm2');
  };
  await expect(start(RUN, 'm1')).rejects.toMatchObject(mustComeAgain);
  expect(await w.runs.list()).toEqual([OTHER]);
  expect(await holders()).toEqual([]);
});

it('a start that slept posts nothing under what a later delivery of its message holds', async () => {
  const { w, outside, start } = world();
  const launch = holderOf(RUN, 'm1');
  const days = [{ from: request.from, to: request.to }];
  outside.meanwhile = async () => {
    await w.runs.unlock(STARTS, launch);
    await w.runs.lock({ table: STARTS, launch, run: RUN, days }, 1);
  };
  await expect(start(RUN, 'm1')).rejects.toMatchObject(mustComeAgain);
  expect(await w.runs.list()).toEqual([]);
  expect((await w.runs.locks()).length).toBe(1);
});

it('two deliveries of one message at one moment start one run', async () => {
  const { w, outside, start, holders } = world();
  outside.meanwhile = () => start(RUN, 'm1');
  await start(RUN, 'm1');
  expect((await w.runs.facts(RUN)).map(({ id }) => id)).toEqual(['m1']);
  expect(await holders()).toEqual([]);
});

it('a start that met trouble holds its days for its next delivery, and one that is refused holds nothing', async () => {
  for (const kind of ['unavailable', 'invalid-input'] as const) {
    const { outside, start, holders } = world();
    outside.meanwhile = async () => Promise.reject(new PhasegateError(kind, 'no'));
    await expect(start(RUN, 'm1')).rejects.toThrow('no');
    expect(await holders()).toEqual(kind === 'unavailable' ? [holderOf(RUN, 'm1')] : []);
  }
});

it('two messages that set one run going do not let go of what the other one holds', async () => {
  const { w, outside, start, holders } = world();
  outside.meanwhile = async () => {
    await expect(start(RUN, 'm2')).rejects.toMatchObject(mustComeAgain);
    await endStart(w, 'm2');
    expect(await holders()).toEqual([holderOf(RUN, 'm1')]);
  };
  await start(RUN, 'm1');
});

it('a delivery that finds the days held lets go of nothing that another delivery of its message holds', async () => {
  const { outside, start, holders } = world();
  outside.meanwhile = async () => {
    await expect(start(OTHER, 'm1')).rejects.toMatchObject(mustComeAgain);
    expect(await holders()).toEqual([holderOf(RUN, 'm1')]);
  };
  await start(RUN, 'm1');
});

it('a message lets go of all that its deliveries hold, for whichever run', async () => {
  const { w, holders } = world();
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
  expect(await holders()).toEqual([holderOf(OTHER, 'm2')]);
});

it('two starts on other days do not wait for each other', async () => {
  const { w, outside, start } = world();
  const later = requestOf(pipeline, { from: day('2022-02-01'), to: day('2022-02-28') });
  outside.meanwhile = () => start(OTHER, 'm2', later);
  await start(RUN, 'm1');
  expect([...(await w.runs.list())].sort()).toEqual([RUN, OTHER].sort());
});

it('a start that died keeps others waiting for three minutes, and no longer', async () => {
  const { w, outside } = world();
  const launch = holderOf(RUN, 'm1');
  const days = [{ from: request.from, to: request.to }];
  await w.runs.lock({ table: STARTS, launch, run: RUN, days }, 1);
  const held = new Map();
  for (const minute of ['00', '02']) {
    outside.now = `2026-01-03T04:${minute}:59.000Z`;
    await sweep(w, held);
    expect((await w.runs.locks()).length).toBe(1);
  }
  outside.now = '2026-01-03T04:03:59.000Z';
  await sweep(w, held);
  expect(await w.runs.locks()).toEqual([]);
});
