import { expect, it } from 'vitest';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { type Output, terminal } from '../../shared/cli/output.ts';
import { stayForOthers } from '../../shared/cli/stay-for-others.ts';
import { parseRunId } from '../../shared/core/ids.ts';
import type { World } from '../../shared/ports/world.ts';
import { record } from '../../shared/shell/drain.ts';
import { pipelineOf, RUN, requestOf, sameDay, table } from '../core/build.ts';
import { happens, happenTo } from './stored-run.ts';

const { begins, launches, isPaused, fails } = happens;
const OTHER = parseRunId(`${RUN}-2`);
const pipeline = pipelineOf(table('a.teams', [sameDay('raw.schedule')]));

async function worldWith(since: string) {
  const said: string[] = [];
  const noted = Promise.withResolvers<void>();
  const output: Output = {
    line: () => undefined,
    json: () => undefined,
    note: (text) => {
      said.push(text);
      noted.resolve();
    },
    draw: null,
    keep: () => undefined,
  };
  const world = {
    runs: sqliteRunStore(openStateFile(':memory:')),
    bus: { publish: async () => 'm' },
    pipelineOf: async () => pipeline,
  } as unknown as World;
  await record(world, OTHER, 'm1', {
    type: 'run-requested',
    run: OTHER,
    request: requestOf(pipeline),
    definition: 'd',
    by: 'ana',
    reason: '',
    at: since,
  });
  const end = () =>
    record(world, OTHER, 'outcomes:1', {
      type: 'outcomes-unreadable',
      round: 1,
      message: 'x',
      at: since,
    });
  return { world, output, said, noted: noted.promise, end };
}

it('a process stays until a run that another command set going in it is at rest, and says so once', async () => {
  const { world, output, said, noted, end } = await worldWith(new Date().toISOString());
  const staying = stayForOthers(world, RUN, output, new AbortController().signal);
  await noted;
  await end();
  await staying;
  expect(said).toEqual([expect.stringContaining(OTHER)]);
});

it('a process does not stay for runs that were left before it began, nor for its own', async () => {
  const { world, output, said } = await worldWith('2020-01-01T00:00:00.000Z');
  await stayForOthers(world, RUN, output, new AbortController().signal);
  const mine = await worldWith(new Date().toISOString());
  await stayForOthers(mine.world, OTHER, mine.output, new AbortController().signal);
  expect([...said, ...mine.said]).toEqual([]);
});

it('Ctrl-C ends the staying', async () => {
  const { world, output, noted } = await worldWith(new Date().toISOString());
  const interruption = new AbortController();
  const staying = stayForOthers(world, RUN, output, interruption.signal);
  await noted;
  interruption.abort();
  await staying;
});

it.each([
  ['a job of it works', [launches, isPaused], 1],
  ['nothing of it works any more', [launches, isPaused, fails], 0],
])('a process stays for a paused run only while a job of it works: %s', async (_, past, stays) => {
  const runs = sqliteRunStore(openStateFile(':memory:'));
  await happenTo(runs, OTHER, { ...begins, at: new Date().toISOString() }, ...past);
  const interruption = new AbortController();
  const said: string[] = [];
  const note = (text: string) => {
    said.push(text);
    interruption.abort();
  };
  await stayForOthers({ runs }, RUN, { ...terminal, note }, interruption.signal);
  expect(said).toHaveLength(stays);
});
