import { afterEach, describe, expect, it } from 'vitest';
import { daySetOf, formatDaySet } from '../../shared/core/day-set.ts';
import { addDays } from '../../shared/core/days.ts';
import { jobName } from '../../shared/core/job-name.ts';
import { launchOf } from '../contract/job-runner.ts';
import { day } from '../core/build.ts';
import { IMPATIENT, openRunScene, type RunScene } from './run-scene.ts';

const launch = launchOf('jobs.succeed');
let scene: RunScene | undefined;
afterEach(() => scene?.close());

it.each([3, 1])('a job with max_retries %d is refused, and nothing begins', async (maxRetries) => {
  scene = await openRunScene({ job: { maxRetries } });
  const refused = scene.runner.launch(launch);
  await expect(refused).rejects.toMatchObject({ kind: 'invalid-input' });
  await expect(refused).rejects.toThrow(`max_retries of job ${jobName(launch.table, 'test')}`);
  expect(scene.server.runCalls()).toBe(0);
});

it('a job whose image is not the one that its run pinned is refused, naming both', async () => {
  scene = await openRunScene({ job: { image: 'jobs:2' } });
  const refused = scene.runner.launch({ ...launch, image: 'jobs:1' });
  await expect(refused).rejects.toMatchObject({ kind: 'invalid-input' });
  await expect(refused).rejects.toThrow(/jobs:1.*jobs:2/);
  expect(scene.server.runCalls()).toBe(0);
});

it('a job with the image that its run pinned begins', async () => {
  scene = await openRunScene({ job: { image: 'jobs:1' } });
  await scene.runner.launch({ ...launch, image: 'jobs:1' });
  expect(scene.server.runCalls()).toBe(1);
});

describe('the job of a table with a program', () => {
  const programmed = (image: string | null) => ({
    ...launch,
    image: 'jobs:1',
    program: { image, command: null, args: [], pipeline: null },
  });

  it("begins with the program's image, whatever image the run pinned for the job that ships", async () => {
    scene = await openRunScene({ job: { image: 'own:1' } });
    await scene.runner.launch(programmed('own:1'));
    expect(scene.server.runCalls()).toBe(1);
  });

  it.each([
    ['the image of the job that ships', 'jobs:1', 'own:1', /own:1 for jobs\.succeed.*jobs:1/],
    ['another image of its own', 'own:2', 'own:1', /own:1 for jobs\.succeed.*own:2/],
    ['any image, where the definition names none', 'own:1', null, /job\.program\.image is not set/],
  ])('is refused where it is deployed with %s', async (_, deployed, image, why) => {
    scene = await openRunScene({ job: { image: deployed } });
    const refused = scene.runner.launch(programmed(image));
    await expect(refused).rejects.toMatchObject({ kind: 'invalid-input' });
    await expect(refused).rejects.toThrow(why);
    expect(scene.server.runCalls()).toBe(0);
  });
});

it('a table without a job is refused by the name of the job', async () => {
  scene = await openRunScene();
  const elsewhere = scene.instance({ jobNameOf: (table) => jobName(table, 'other') });
  const refused = elsewhere.launch(launch);
  await expect(refused).rejects.toMatchObject({ kind: 'invalid-input' });
  await expect(refused).rejects.toThrow('phasegate-jobs-succeed-other');
});

it('a job finds its contract in its environment, and its own time', async () => {
  scene = await openRunScene({ runner: { timeoutMsOf: async () => 90_500 } });
  await scene.runner.launch(launch);
  await scene.settled();
  const [execution] = scene.server.executions;
  expect(execution?.timeoutSeconds).toBe(91);
  expect(execution?.environment).toMatchObject({
    PHASEGATE_RUN: launch.run,
    PHASEGATE_LAUNCH: launch.id,
    PHASEGATE_TABLE: 'jobs.succeed',
    PHASEGATE_DAYS: '2022-01-01..2022-01-03,2022-01-07..2022-01-07',
    PHASEGATE_PROJECT: 'local',
    PHASEGATE_API: 'http://127.0.0.1:9',
    PHASEGATE_DEFINITION: 'd1',
    SKIP_DOWNSTREAM_TRIGGER: 'true',
  });
  expect(scene.starts()).toEqual([
    `${launch.id} 2022-01-01..2022-01-03,2022-01-07..2022-01-07 true`,
  ]);
});

it('a list of days that is too long for the environment is kept elsewhere', async () => {
  const kept = new Map<string, string>();
  const keepDays = async (id: string, text: string) => {
    kept.set(id, text);
    return `gs://days/${id}`;
  };
  scene = await openRunScene({ runner: { keepDays } });
  const days = daySetOf(
    Array.from({ length: 900 }, (_, index) => addDays(day('2020-01-01'), index * 2)),
  );
  await scene.runner.launch({ ...launch, days });
  const [execution] = scene.server.executions;
  expect(execution?.environment.PHASEGATE_DAYS_URI).toBe(`gs://days/${launch.id}`);
  expect(execution?.environment.PHASEGATE_DAYS).toBeUndefined();
  expect(kept.get(launch.id)).toBe(formatDaySet(days).join(','));
});

it('executions on later pages are seen, both to be found and to be counted as running', async () => {
  scene = await openRunScene({ maxPageSize: 2 });
  Object.assign(scene.server.faults, { answersLost: 1, hiddenMs: Number.POSITIVE_INFINITY });
  const hanging = [1, 2, 3, 4, 5].map((attempt) => launchOf('jobs.hang', attempt));
  const [first = launch, ...others] = hanging;
  const impatient = scene.instance({ deadlines: IMPATIENT });
  await expect(impatient.launch(first)).rejects.toMatchObject({ kind: 'unavailable' });
  scene.server.show();
  for (const other of others) await scene.runner.launch(other);
  const { execution } = await scene.runner.launch(first);
  expect(execution).toBe(scene.server.executions[0]?.name);
  expect(scene.server.runCalls()).toBe(5);
  expect(await scene.runner.running()).toHaveLength(5);
  expect(new Set(await scene.runner.running())).toEqual(new Set(hanging.map(({ id }) => id)));
});

it('executions of another environment are none of its own', async () => {
  scene = await openRunScene();
  await scene.runner.launch(launchOf('jobs.hang'));
  const other = scene.instance({ jobNameOf: (table) => jobName(table, 'other') });
  expect(await scene.runner.running()).toHaveLength(1);
  expect(await other.running()).toEqual([]);
});
