import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { childProcessRunner } from '../../shared/adapters/local/child-process-runner.ts';
import { localBus } from '../../shared/adapters/local/local-bus.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { launchId, parseTableName } from '../../shared/core/ids.ts';
import { readJobFinished } from '../../shared/edge/wire.ts';
import { RUN } from '../core/build.ts';
import { emptyDirectory } from '../e2e/phasegate.ts';
import { describeJobRunner, type OpenedRunner } from './job-runner.ts';

const JOB = resolve(import.meta.dirname, '../fixtures/behaving-job.ts');

async function open(directory = emptyDirectory()): Promise<OpenedRunner & { starts: string }> {
  const db = openStateFile(join(directory, 'state.db'));
  const bus = localBus(db);
  const starts = join(directory, 'starts.txt');
  const runner = await childProcessRunner({
    db,
    bus,
    directory,
    command: [process.execPath, JOB],
    environment: { STARTS_FILE: starts },
    definitionFile: async (hash) => join(directory, hash),
  });
  return {
    runner,
    starts,
    nextFinished: () =>
      new Promise((done) =>
        bus.subscribe('phasegate-job-finished', async ({ data }) => done(readJobFinished(data))),
      ),
    startsOf: ({ id }) =>
      existsSync(starts)
        ? readFileSync(starts, 'utf8')
            .split('\n')
            .filter((line) => line.startsWith(`${id} `)).length
        : 0,
    async close() {
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
