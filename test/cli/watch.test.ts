import { describe, expect, it } from 'vitest';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { follow } from '../../shared/cli/follow.ts';
import type { Watching } from '../../shared/cli/watch/watching.ts';
import { watch } from '../../shared/cli/watch.ts';
import { PhasegateError } from '../../shared/core/errors.ts';
import { RUN } from '../core/build.ts';
import { here, startHere } from '../e2e/here.ts';
import { emptyDirectory } from '../e2e/phasegate.ts';
import { happens, happenTo } from './stored-run.ts';

const { begins, launches, fails, ends } = happens;

async function worldOf(...events: Parameters<typeof happenTo>[2][]) {
  const directory = emptyDirectory();
  const db = openStateFile(`${directory}/state.db`);
  await happenTo(sqliteRunStore(db), RUN, ...events);
  db.close();
  return `local:${directory}`;
}

describe('watch', () => {
  it('says that no run is live, and ends as the last one did', async () => {
    const world = await worldOf(begins, ends);
    const ended = await here((output) => watch(undefined, { world }, output));
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain(
      `is failed; see it with: npx phasegate report ${RUN} --world ${world}`,
    );
  });

  it('of a world without runs ends with 0', async () => {
    const world = `local:${emptyDirectory()}`;
    const ended = await here((output) => watch(undefined, { world }, output));
    expect(ended).toEqual({ code: 0, stdout: 'no run is live\n', stderr: '' });
  });

  it('tells of a run at rest how it ended, and of one that nobody carries what would', async () => {
    const over = await worldOf(begins, ends);
    const told = await here((output) => watch(RUN, { world: over }, output));
    expect(told).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/: failed\n.*no such table/),
    });
    const left = await worldOf(begins, launches);
    const idle = await here((output) => watch(undefined, { world: left }, output));
    expect(idle.code).toBe(1);
    expect(idle.stderr).toContain(`npx phasegate repair ${RUN} --world ${left}\n`);
  });

  it('ends at a run at rest of which something waits that nobody carries on', async () => {
    const world = await worldOf(begins, ends);
    const db = openStateFile(`${world.slice('local:'.length)}/state.db`);
    await sqliteRunStore(db).post(RUN, { id: 'late', event: launches });
    db.close();
    const told = await here((output) => watch(RUN, { world }, output));
    expect(told).toMatchObject({ code: 1, stdout: expect.stringMatching(/: failed\n/) });
  }, 10_000);

  it('prints one JSON object a fact, which names the fact first', async () => {
    const world = await worldOf(begins, ends);
    const { stdout } = await here((output) => watch(RUN, { world, json: true }, output));
    const facts = stdout.trimEnd().split('\n');
    expect(facts.map((fact) => JSON.parse(fact).event)).toEqual(['run-failed']);
    expect(facts[0]).toMatch(/^\{"event":"run-failed","run":"tiny-/);
  });
});

describe('a watcher who outlasts', () => {
  it('says once that it cannot look, once that it can again, and goes on', async () => {
    const runs = sqliteRunStore(openStateFile(':memory:'));
    await happenTo(runs, RUN, begins, launches);
    const away = [true, true, false];
    const watching: Watching = {
      run: RUN,
      async look() {
        if (away.shift() === true) throw new PhasegateError('unavailable', 'nobody answers');
        if (away.length === 0) await happenTo(runs, RUN, fails);
        const state = await runs.state(RUN);
        return state === null ? null : { state: { ...state, status: 'failed' }, isQuiet: true };
      },
      carrier: () => 'the cloud',
      phases: async () => [],
      told: async () => new Map(),
      past: async () => new Map(),
      checks: async () => null,
      pollMs: 1,
    };
    const { signal } = new AbortController();
    const { ended } = startHere(async (output) => {
      const { end } = await follow(watching, output, signal, { outlasts: true });
      return end === 'at-rest' ? 0 : 1;
    });
    const { code, stderr } = await ended;
    expect(code).toBe(0);
    expect(stderr.match(/! nobody answers; asking again/g)).toHaveLength(1);
    expect(stderr.match(/the cloud carries .* on/g)).toHaveLength(1);
  });
});
