import { expect, it } from 'vitest';
import type { LocalWorld } from '../../shared/adapters/local/local-world.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { follow } from '../../shared/cli/follow.ts';
import { followToTheEnd } from '../../shared/cli/follow-to-the-end.ts';
import { type Block, terminal } from '../../shared/cli/output.ts';
import { watchingWorld } from '../../shared/cli/watch/watching-local.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import { RUN } from '../core/build.ts';
import { startHere } from '../e2e/here.ts';
import { happens, happenTo } from './stored-run.ts';

const { begins, launches, isPaused, fails, ends } = happens;
const WORLD = 'local:here';

/** A world of runs alone: nothing else of it is there. */
function worldOf(runs: RunStore, isOwner: boolean, isServed: boolean): LocalWorld {
  return { runs, owner: { pid: 7 }, isOwner, isServed: () => isServed } as unknown as LocalWorld;
}

async function following(isOwner: boolean, isServed: boolean, ...events: readonly RunEvent[]) {
  const runs = sqliteRunStore(openStateFile(':memory:'));
  await happenTo(runs, RUN, ...events);
  const world = worldOf(runs, isOwner, isServed);
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

it('a terminal is told one line at a time, whatever a message holds', async () => {
  const runs = sqliteRunStore(openStateFile(':memory:'));
  await happenTo(runs, RUN, begins, launches, fails);
  const lines: string[] = [];
  const draw = (block: Block) => void lines.push(...block({ columns: 80, rows: 24 }));
  const output = {
    ...terminal,
    note: (line: string) => void lines.push(line),
    keep: () => {},
    draw,
  };
  const world = worldOf(runs, false, false);
  await follow(watchingWorld(world, RUN), output, new AbortController().signal);
  expect(lines).toContain('✗ a.teams failed: no such column [2Jno such row');
  expect(lines.filter((line) => /\p{Cc}/u.test(line))).toEqual([]);
});
