import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  type ChildProcessRunner,
  childProcessRunner,
} from '../../shared/adapters/local/child-process-runner.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import type { JobFinishedMessage } from '../../shared/core/messages.ts';
import type { RunProgram } from '../../shared/core/table-job.ts';
import type { Launch } from '../../shared/ports/job-runner.ts';
import { launchOf } from '../contract/job-runner.ts';
import { emptyDirectory } from '../e2e/phasegate.ts';

const TELLS = `
import { writeFileSync } from 'node:fs';
const { argv, env } = process;
const told = { args: argv.slice(2), cwd: process.cwd(), connected: process.connected ?? null,
  channel: env.NODE_CHANNEL_FD ?? null, launch: env.PHASEGATE_LAUNCH, days: env.PHASEGATE_DAYS };
writeFileSync('told.json', JSON.stringify(told));
`;

let directory: string;
let ended: PromiseWithResolvers<JobFinishedMessage>;
let runner: ChildProcessRunner;
let db: ReturnType<typeof openStateFile>;

beforeEach(async () => {
  const base = realpathSync(emptyDirectory());
  directory = join(base, 'with the pipeline');
  mkdirSync(directory);
  writeFileSync(join(directory, 'tells.mjs'), TELLS);
  ended = Promise.withResolvers();
  db = openStateFile(':memory:');
  runner = await childProcessRunner({
    db,
    bus: {
      publish: async (_, body) => {
        ended.resolve(body as JobFinishedMessage);
        return '1';
      },
    },
    directory: join(base, 'world'),
    command: [process.execPath, '-e', 'process.exit(1)'],
    environment: {},
    definitionFile: async (hash) => hash,
  });
});
afterEach(async () => {
  await runner.close();
  db.close();
});

function launchWith(program: Partial<RunProgram>): Launch {
  const pipeline = join(directory, 'pipeline.yaml');
  const command = [process.execPath, 'tells.mjs'] as const;
  const whole = { image: null, command, args: [], pipeline, ...program };
  return { ...launchOf('jobs.succeed'), program: whole };
}

it('a program is started beside its pipeline, with its arguments as they are and the contract in its environment', async () => {
  const launch = launchWith({ args: ['$HOME', 'a b', '*'] });
  await runner.launch(launch);
  expect(await ended.promise).toMatchObject({ launch: launch.id, result: 'succeeded' });
  expect(JSON.parse(readFileSync(join(directory, 'told.json'), 'utf8'))).toEqual({
    args: ['$HOME', 'a b', '*'],
    cwd: directory,
    connected: null,
    channel: null,
    launch: launch.id,
    days: '2022-01-01..2022-01-03,2022-01-07..2022-01-07',
  });
});

it('a program that is not there is told by its name and the directory in which it was looked for', async () => {
  await runner.launch(launchWith({ command: ['./nothing'] }));
  const { result, message } = await ended.promise;
  expect(result).toBe('transient');
  expect(message).toContain(`./nothing could not be started in ${directory}`);
});

it.each([
  ['that has no command', { command: null }, /job\.program\.command is not set/],
  ['of which nobody knows where it is', { pipeline: null }, /where its program is, is not known/],
  ['whose directory is gone', {}, /with the pipeline.*is gone; bring it back/],
])('a program %s is refused, and its launch never began', async (_, program, why) => {
  const launch = launchWith(program);
  if (why.source.includes('gone')) rmSync(directory, { recursive: true });
  const refused = runner.launch(launch);
  await expect(refused).rejects.toMatchObject({ kind: 'invalid-input' });
  await expect(refused).rejects.toThrow(why);
  await expect(refused).rejects.toThrow('jobs.succeed: ');
  expect(await runner.stateOf(launch.id)).toBe('unknown');
});

it('a launch that has begun is the first one when it is asked for again, though its directory is gone', async () => {
  const launch = launchWith({});
  const first = await runner.launch(launch);
  await ended.promise;
  rmSync(directory, { recursive: true });
  expect(await runner.launch(launch)).toEqual(first);
});
