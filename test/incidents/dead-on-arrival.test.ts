import { join } from 'node:path';
import { expect, it } from 'vitest';
import { childProcessRunner } from '../../shared/adapters/local/child-process-runner.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { launchId } from '../../shared/core/ids.ts';
import type { JobFinishedMessage } from '../../shared/core/messages.ts';
import { RUN } from '../core/build.ts';
import { teams } from '../core/run-story.ts';
import { emptyDirectory } from '../e2e/phasegate.ts';

it.each([
  ['does not exist', ['/no/such/program'], 'transient', 'ENOENT'],
  ['ends before it reads its arguments', [process.execPath, '--no-such-flag'], 'transient', '9'],
] as const)(
  'a job whose command %s has failed, and is told so once',
  async (_, command, result, why) => {
    const directory = emptyDirectory();
    const db = openStateFile(join(directory, 'state.db'));
    const told: JobFinishedMessage[] = [];
    const ended = Promise.withResolvers<void>();
    const runner = await childProcessRunner({
      db,
      bus: {
        publish: async (_topic, body) => {
          ended.resolve();
          return String(told.push(body as JobFinishedMessage));
        },
      },
      directory,
      command,
      environment: {},
      definitionFile: async (hash) => join(directory, hash),
    });
    const id = launchId(RUN, teams.name, 1);
    const days = parseDaySet('2022-01-01');
    const launch = { id, run: RUN, table: teams.name, attempt: 1, days, definition: 'd1' };
    await runner.launch({ ...launch, image: null, program: null });
    await ended.promise;
    await runner.close();
    expect(told).toMatchObject([{ launch: id, result, message: expect.stringContaining(why) }]);
    expect(await runner.stateOf(id)).toBe('failed');
    db.close();
  },
);
