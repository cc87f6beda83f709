import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { runInTheWay, runOfRequest, standingOf, whyHeld } from '../../shared/adapters/standing.ts';
import type { RunRequest } from '../../shared/core/run.ts';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';
import { requestHash } from '../../shared/edge/request-hash.ts';
import type { World } from '../../shared/ports/world.ts';
import { record } from '../../shared/shell/drain.ts';
import { startRun } from '../../shared/shell/start-run.ts';
import { day, requestOf } from '../core/build.ts';

const TINY = readPipeline(
  { file: 'tiny.yaml', text: readFileSync('test/fixtures/tiny.yaml', 'utf8') },
  null,
  () => '',
);
const request = requestOf(TINY.pipeline, { to: day('2022-01-10') });
const other = { ...request, from: day('2022-01-08'), to: day('2022-01-20') };

function world() {
  const runs = sqliteRunStore(openStateFile(':memory:'));
  const bus = { publish: async () => 'm' };
  const now = () => '2026-01-03T04:00:00.000Z';
  const own = { runs, bus, now, pipelineOf: async () => TINY.pipeline } as unknown as World;
  const start = (wish: RunRequest) =>
    startRun(own, TINY, 'm-1', requestHash(wish), { request: wish, requestedBy: '', reason: '' });
  return { runs, now, own, start };
}

it('a start of the same request joins the live run, which is not in its own way', async () => {
  const { runs, own, start } = world();
  const { run } = await start(request);
  expect(await runOfRequest(runs, request)).toMatchObject({ run, live: { status: 'reading' } });
  expect(await runInTheWay(own, TINY, request)).toBeNull();
});

it('after a run has ended a start would make the next one', async () => {
  const { runs, now, own, start } = world();
  const { run } = await start(request);
  const unreadable = { type: 'outcomes-unreadable', round: 1, message: 'x', at: now() } as const;
  await record(own, run, 'outcomes:1', unreadable);
  expect(await runOfRequest(runs, request)).toEqual({ run: `${run}-2`, live: null });
  expect(await runInTheWay(own, TINY, other)).toBeNull();
});

it('a live run that writes some of the same days is in the way, and is named with the command that ends it', async () => {
  const { own, start } = world();
  const { run } = await start(request);
  const why = await runInTheWay(own, TINY, other);
  expect(why).toContain(`run ${run} is live`);
  expect(why).toContain(`\`phasegate cancel ${run}\` first`);
});

it('a live run of the same request holds a start back while it is paused, or has another definition', async () => {
  const { runs, now, own, start } = world();
  const { run } = await start(request);
  const held = async (hash = TINY.hash) =>
    whyHeld(await standingOf(own, { ...TINY, hash }, request));
  expect(await held()).toBeNull();
  expect(await held('other')).toContain(`run ${run} of this request is live with another pipeline`);
  await record(own, run, 'p', { type: 'pause-requested', by: 'ana', reason: 'lunch', at: now() });
  expect((await runs.state(run))?.paused).not.toBeNull();
  expect(await held()).toContain(`: lunch; go on with \`phasegate resume ${run}\``);
});
