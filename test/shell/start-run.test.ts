import { expect, it } from 'vitest';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { parseLaunchId, parseRunId, parseTableName } from '../../shared/core/ids.ts';
import type { World } from '../../shared/ports/world.ts';
import { askRun } from '../../shared/shell/ask-run.ts';
import { record } from '../../shared/shell/drain.ts';
import { recordJob } from '../../shared/shell/record-job.ts';
import { startRun } from '../../shared/shell/start-run.ts';
import { pipelineOf, requestOf, sameDay, table } from '../core/build.ts';

const pipeline = pipelineOf(table('a.teams', [sameDay('raw.schedule')]));
const definition = { pipeline, hash: 'd1', text: '{}' };
const start = { request: requestOf(pipeline), requestedBy: 'ana', reason: '' };

function world() {
  const runs = sqliteRunStore(openStateFile(':memory:'));
  const published: unknown[] = [];
  const bus = { publish: async (_: string, body: unknown) => String(published.push(body)) };
  const parts = {
    runs,
    bus,
    pipelineOf: async () => pipeline,
    now: () => '2026-01-03T04:00:00.000Z',
  };
  return { ...parts, published } as unknown as World & { published: unknown[] };
}

const end = (w: World, run: Parameters<typeof record>[1]) =>
  record(w, run, 'outcomes:1', {
    type: 'outcomes-unreadable',
    round: 1,
    message: 'x',
    at: w.now(),
  });

it('a second request joins the live run of the same request', async () => {
  const w = world();
  const first = await startRun(w, definition, 'm1', '0a1b2c3d', start);
  const second = await startRun(w, definition, 'm2', '0a1b2c3d', start);
  expect(second).toEqual({ run: first.run, joined: true });
  expect(w.published.length).toBe(1);
});

it('a run keeps the image of its jobs and the version it was asked for at, whatever is deployed later', async () => {
  const w = world();
  const deployed = { ...w, jobImage: 'sha256:1', version: 'v1' };
  const { run } = await startRun(deployed, definition, 'm1', '0a1b2c3d', start);
  const later = { ...w, jobImage: 'sha256:2', version: 'v2' };
  await startRun(later, definition, 'm2', '0a1b2c3d', start);
  expect((await w.runs.load(run))?.state).toMatchObject({ image: 'sha256:1', version: 'v1' });
});

it('after the run has ended a new message starts the next one', async () => {
  const w = world();
  const { run } = await startRun(w, definition, 'm1', '0a1b2c3d', start);
  await end(w, run);
  expect(await startRun(w, definition, 'm2', '0a1b2c3d', start)).toEqual({
    run: `${run}-2`,
    joined: false,
  });
});

it('a start for days that a live run of another request writes is refused', async () => {
  const w = world();
  const { run } = await startRun(w, definition, 'm1', '0a1b2c3d', start);
  const other = { ...start, request: requestOf(pipeline, { mode: 'all' }) };
  await expect(startRun(w, definition, 'm2', '1b2c3d4e', other)).rejects.toThrow(run);
  expect(await w.runs.list()).toEqual([run]);
});

it('a message that comes again starts nothing, however long ago its run ended', async () => {
  const w = world();
  const { run } = await startRun(w, definition, 'm1', '0a1b2c3d', start);
  await end(w, run);
  const published = w.published.length;
  expect(await startRun(w, definition, 'm1', '0a1b2c3d', start)).toEqual({ run, joined: true });
  expect(w.published.length).toBe(published);
  expect(await w.runs.list()).toEqual([run]);
});

it('a repair of a run that nobody knows is refused', async () => {
  const unknown = {
    what: 'repair',
    run: parseRunId('tiny-20220101-20220131-ffffffff'),
    requestedBy: '',
    reason: '',
  } as const;
  await expect(askRun(world(), 'm1', unknown)).rejects.toMatchObject({ kind: 'invalid-input' });
});

it.each([
  ['a run that nobody started', 'tiny-20220101-20220131-ffffffff', 'a.teams'],
  ['a table that the run does not have', 'tiny-20220101-20220131-0a1b2c3d', 'a.strangers'],
  ['another attempt than its launch', 'tiny-20220101-20220131-0a1b2c3d', 'a.teams', 2],
])('a job of %s is refused and changes nothing', async (_, run, name, attempt = 1) => {
  const w = world();
  const started = await startRun(w, definition, 'm1', '0a1b2c3d', start);
  const before = await w.runs.load(started.run);
  const message = {
    run: parseRunId(run),
    launch: parseLaunchId(`${run}.${name}.1`),
    table: parseTableName(name),
    attempt,
    result: 'succeeded',
    message: '',
    metrics: {},
  } as const;
  await expect(recordJob(w, message)).rejects.toMatchObject({ kind: 'invalid-input' });
  expect(await w.runs.load(started.run)).toEqual(before);
});
