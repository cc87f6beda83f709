import { expect, it } from 'vitest';
import type { LocalWorld } from '../../shared/adapters/local/local-world.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { follow } from '../../shared/cli/follow.ts';
import { followToTheEnd } from '../../shared/cli/follow-to-the-end.ts';
import { terminal } from '../../shared/cli/output.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { RUN } from '../core/build.ts';
import { startHere } from '../e2e/here.ts';
import { happens, happenTo } from './stored-run.ts';

const { begins, launches, isPaused, fails, ends } = happens;
const WORLD = 'local:here';

async function following(isOwner: boolean, isServed: boolean, ...events: readonly RunEvent[]) {
  const runs = sqliteRunStore(openStateFile(':memory:'));
  await happenTo(runs, RUN, ...events);
  const owner = { pid: 7 };
  const world = { runs, owner, isOwner, isServed: () => isServed } as unknown as LocalWorld;
  const interruption = new AbortController();
  const followed = startHere((output) =>
    followToTheEnd(world, RUN, { world: WORLD }, output, interruption.signal),
  );
  return { ...followed, interrupt: () => interruption.abort() };
}

it('Ctrl-C names a command that goes on with the run', async () => {
  const { interrupt, ended } = await following(true, true, begins, launches);
  interrupt();
  const { code, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toContain(
    `interrupted; go on with: npx phasegate repair ${RUN} --world ${WORLD}\n`,
  );
});

it('a guest whose owner went away is told a command that goes on with the run', async () => {
  const { ended } = await following(false, false, begins, launches);
  const { code, stderr } = await ended;
  expect(code).toBe(3);
  expect(stderr).toContain(`is gone; go on with: npx phasegate repair ${RUN} --world ${WORLD}\n`);
});

it('who follows a paused run is told once who paused it, and after Ctrl-C how to resume it', async () => {
  const { interrupt, saw, ended } = await following(true, true, begins, launches, isPaused);
  await saw(/paused by ana/);
  interrupt();
  const { stderr } = await ended;
  expect(stderr.match(/paused by/g)).toHaveLength(1);
  expect(stderr).toContain(`go on with: npx phasegate resume ${RUN}`);
});

it('a message of several lines is told line by line', async () => {
  const { ended } = await following(true, true, begins, ends);
  const { stdout } = await ended;
  expect(stdout).toMatch(/: no such table\nof raw data\n/);
});

it('a terminal is drawn one line at a time, whatever a message holds', async () => {
  const runs = sqliteRunStore(openStateFile(':memory:'));
  await happenTo(runs, RUN, begins, launches, fails);
  const drawn: string[] = [];
  const draw = (lines: readonly string[]) => void drawn.push(...lines);
  const output = { ...terminal, note: () => undefined, keep: () => undefined, draw };
  await follow(runs, RUN, output, new AbortController().signal, () => false);
  expect(drawn).toContain('no such row');
  expect(drawn.filter((line) => line.includes('\n'))).toEqual([]);
});
