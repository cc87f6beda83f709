import { once } from 'node:events';
import { readFileSync, watch, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { childProcessRunner } from '../../shared/adapters/local/child-process-runner.ts';
import { localBus } from '../../shared/adapters/local/local-bus.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { launchId, parseTableName } from '../../shared/core/ids.ts';
import type { JobFinishedMessage } from '../../shared/core/messages.ts';
import { readJobFinished } from '../../shared/edge/wire.ts';
import type { Launch } from '../../shared/ports/job-runner.ts';
import { RUN } from '../core/build.ts';
import { emptyDirectory } from '../e2e/phasegate.ts';
import { describeJobRunner, type OpenedRunner } from './job-runner.ts';

const JOB = resolve(import.meta.dirname, '../fixtures/behaving-job.ts');

type Options = Partial<Pick<Parameters<typeof childProcessRunner>[0], 'command' | 'environment'>>;

async function open(
  directory = emptyDirectory(),
  options: Options = {},
): Promise<OpenedRunner & { starts: string }> {
  const db = openStateFile(join(directory, 'state.db'));
  const bus = localBus(db);
  const starts = join(directory, 'starts.txt');
  writeFileSync(starts, '', { flag: 'a' });
  const runner = await childProcessRunner({
    db,
    bus,
    directory,
    command: options.command ?? [process.execPath, JOB],
    environment: { STARTS_FILE: starts, ...options.environment },
    definitionFile: async (hash) => join(directory, hash),
    killAfterMilliseconds: 50,
  });
  const told: JobFinishedMessage[] = [];
  const heard = new Set<() => void>();
  bus.subscribe('phasegate-job-finished', async ({ data }) => {
    told.push(readJobFinished(data));
    for (const hear of heard) hear();
  });
  const until = (isSo: () => boolean) =>
    new Promise<void>((done) => {
      const hear = () => {
        if (isSo()) done();
      };
      heard.add(hear);
      hear();
    });
  const startsOf = ({ id }: Launch) =>
    readFileSync(starts, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith(`${id} `)).length;
  const watcher = watch(starts, () => {
    for (const hear of heard) hear();
  });
  let read = 0;
  return {
    runner,
    starts,
    startsOf,
    begun: (launch) => until(() => startsOf(launch) > 0),
    async nextFinished() {
      const next = read++;
      await until(() => told.length > next);
      return told[next] as JobFinishedMessage;
    },
    async allFinished(launch) {
      const ofIt = () => told.filter(({ launch: id }) => id === launch.id);
      await until(() => ofIt().length > 0);
      await bus.settle();
      return ofIt();
    },
    async close() {
      watcher.close();
      await bus.close();
      await runner.close();
      db.close();
    },
  };
}

describeJobRunner('child processes', () => open());

const table = parseTableName('jobs.hang');
const launch = {
  id: launchId(RUN, table, 1),
  run: RUN,
  table,
  attempt: 1,
  days: parseDaySet('2022-01-01..2022-01-03,2022-01-07'),
  definition: 'd1',
  image: null,
  program: null,
};

it('a job that ran when its world was closed is reported as interrupted to the next owner', async () => {
  const directory = emptyDirectory();
  const first = await open(directory);
  await first.runner.launch(launch);
  await first.close();
  const second = await open(directory);
  expect(await second.nextFinished()).toMatchObject({ launch: launch.id, result: 'interrupted' });
  await second.close();
});

it('a job that was cancelled while its world went away is reported as cancelled to the next owner', async () => {
  const directory = emptyDirectory();
  const first = await open(directory);
  const db = openStateFile(join(directory, 'state.db'));
  db.prepare("INSERT INTO execution VALUES (?, ?, ?, 'running', NULL)").run(launch.id, RUN, table);
  db.close();
  expect(await first.runner.cancel(launch.id)).toBe('running');
  await first.close();
  const second = await open(directory);
  expect(await second.nextFinished()).toMatchObject({ launch: launch.id, result: 'cancelled' });
  await second.close();
});

it('what a job started stops with it, even if it takes no notice of being asked', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const opened = await open(undefined, {
    command: ['sh', '-c', `"${process.execPath}" "${JOB}" "$@"; exit 3`, 'sh'],
    environment: { LIFE_PORT: String(port) },
  });
  const connected = once(server, 'connection') as Promise<[Socket]>;
  const stays = parseTableName('jobs.stay');
  const id = launchId(RUN, stays, 1);
  await opened.runner.launch({ ...launch, id, table: stays });
  const [life] = await connected;
  const over = once(life.on('error', () => undefined).resume(), 'close');
  await opened.runner.cancel(id);
  await over;
  expect(await opened.nextFinished()).toMatchObject({ launch: id, result: 'cancelled' });
  await opened.close();
  server.close();
});

it('a job finds its days and its contract in the environment', async () => {
  const opened = await open();
  const finished = opened.nextFinished();
  await opened.runner.launch({ ...launch, table: parseTableName('jobs.succeed') });
  await finished;
  expect(readFileSync(opened.starts, 'utf8')).toBe(
    `${launch.id} 2022-01-01..2022-01-03,2022-01-07..2022-01-07 true\n`,
  );
  await opened.close();
});

it('numbers that a job leaves in its metrics file are told when it ends', async () => {
  const opened = await open();
  const finished = opened.nextFinished();
  const measured = parseTableName('jobs.measure');
  await opened.runner.launch({ ...launch, id: launchId(RUN, measured, 1), table: measured });
  expect(await finished).toMatchObject({ result: 'succeeded', metrics: { mae: 4.19 } });
  await opened.close();
});

it('metrics that are no numbers are none of them taken, and it is said why', async () => {
  const opened = await open();
  const finished = opened.nextFinished();
  const boasted = parseTableName('jobs.boast');
  await opened.runner.launch({ ...launch, id: launchId(RUN, boasted, 1), table: boasted });
  const message = await finished;
  expect(message).toMatchObject({ result: 'succeeded', metrics: {} });
  expect(message.message).toContain('mae');
  await opened.close();
});
