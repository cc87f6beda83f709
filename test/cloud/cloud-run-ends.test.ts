import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { cloudRunClients } from '../../shared/adapters/gcp/cloud-run-client.ts';
import { changeLease, findLease } from '../../shared/adapters/gcp/cloud-run-leases.ts';
import { jobName } from '../../shared/core/job-name.ts';
import { launchOf } from '../contract/job-runner.ts';
import { emptyDirectory } from '../e2e/phasegate.ts';
import { IMPATIENT, openRunScene, PATIENT, type RunScene } from './run-scene.ts';

const launch = launchOf('jobs.succeed');
const job = jobName(launch.table, 'test');
const JOB_PATH = `projects/local/locations/local/jobs/${job}`;
const SHORT = { ...PATIENT, settleMs: 200 };
const PATIENTLY = { timeout: 20_000 };
let scene: RunScene | undefined;
afterEach(() => scene?.close());

const byHand = ({ server }: RunScene) =>
  cloudRunClients({ project: 'local', region: 'local', endpoint: server.url })();

/** The first of a launch's executions to get there works until `go` exists; any other ends with 130, as a job does that lost its claim. */
function fencedJob() {
  const directory = emptyDirectory();
  const [claim, go] = [join(directory, 'claim'), join(directory, 'go')];
  const lines = [
    "const { existsSync, writeFileSync } = require('node:fs');",
    `try { writeFileSync(${JSON.stringify(claim)}, '', { flag: 'wx' }); } catch { process.exit(130); }`,
    `setInterval(() => existsSync(${JSON.stringify(go)}) && process.exit(0), 10);`,
  ];
  const command = ['-e', lines.join('\n')] as const;
  return { command, claim, isClaimed: () => existsSync(claim), go: () => writeFileSync(go, '') };
}

/** What was told, each end once: that it is told again when both executions have ended means nothing. */
function endsIn(told: RunScene['told']) {
  const texts = new Set(told.filter((end) => end !== null).map((end) => JSON.stringify(end)));
  return [...texts].map((text) => JSON.parse(text) as unknown);
}

/** Two executions of the one launch: the first, which nobody saw in time, has the claim; the second counts. */
async function openTwice() {
  const { command, isClaimed, go } = fencedJob();
  const opened = await openRunScene({ job: { command }, runner: { deadlines: SHORT } });
  const { server, runner } = opened;
  scene = opened;
  Object.assign(server.faults, { answersLost: 1, hiddenMs: Number.POSITIVE_INFINITY });
  const impatient = opened.instance({ deadlines: { ...SHORT, patienceMs: 0 } });
  await expect(impatient.launch(launch)).rejects.toMatchObject({ kind: 'unavailable' });
  await expect.poll(isClaimed, PATIENTLY).toBe(true);
  server.faults.hiddenMs = 0;
  const { execution } = await runner.launch(launch);
  const [winner, loser] = server.executions;
  if (winner === undefined || loser === undefined) throw new Error('there are not two executions');
  expect(execution).toBe(loser.name);
  return { ...opened, winner, loser, go };
}

it('an execution that lost its launch to another is not its end: the other one is', async () => {
  const { runner, winner, loser, told, until, settled, go } = await openTwice();
  winner.listedAt = 0;
  await loser.ended;
  await until(() => told.length === 1);
  expect(told).toEqual([null]);
  expect(await runner.stateOf(launch.id)).toBe('running');
  go();
  await settled();
  expect(told[1]).toMatchObject({ launch: launch.id, result: 'succeeded' });
  expect(await runner.stateOf(launch.id)).toBe('succeeded');
});

it('an execution that counts is waited for when another of its launch ended before', async () => {
  const { runner, winner, loser, told, until, go } = await openTwice();
  await loser.ended;
  await until(() => told.length === 1);
  expect(told).toMatchObject([{ launch: launch.id, result: 'interrupted' }]);
  go();
  await winner.ended;
  await until(() => told.length === 2);
  expect(told[1]).toBeNull();
  expect(await runner.stateOf(launch.id)).toBe('failed');
});

it('what works beside an execution whose end was told is stopped when its launch is cancelled', async () => {
  const { runner, winner, loser, told, until } = await openTwice();
  await loser.ended;
  await until(() => told.length === 1);
  winner.listedAt = 0;
  expect(await runner.running()).toEqual([launch.id]);
  expect(await runner.cancel(launch.id)).toBe('failed');
  await winner.ended;
  expect(await runner.running()).toEqual([]);
});

it('of a launch that was cancelled, the execution that works after all is stopped', async () => {
  const { leases, winner, loser, told, settled } = await openTwice();
  const held = await findLease(leases, launch.id);
  if (held !== null) await changeLease(leases, held, { isCancelled: true });
  winner.listedAt = 0;
  await loser.ended;
  await settled();
  expect(endsIn(told)).toMatchObject([{ launch: launch.id, result: 'cancelled' }]);
  expect(told.at(-1)?.message).toContain(winner.name);
});

it('when every execution of a launch lost it, the end of one of them is told', async () => {
  scene = await openRunScene({ job: { command: ['-e', 'process.exit(130)'] } });
  await scene.runner.launch(launch);
  const env = [{ name: 'PHASEGATE_LAUNCH', value: launch.id }];
  await (await byHand(scene)).jobs.runJob({
    name: JOB_PATH,
    overrides: { containerOverrides: [{ env }] },
  });
  await scene.settled();
  expect(endsIn(scene.told)).toMatchObject([{ launch: launch.id, result: 'interrupted' }]);
});

it('a job that ran out of time may be tried again, however it took that', async () => {
  scene = await openRunScene({ runner: { timeoutMsOf: async () => 1000 } });
  const hanging = launchOf('jobs.hang');
  await scene.runner.launch(hanging);
  await scene.settled();
  expect(scene.told).toMatchObject([{ launch: hanging.id, result: 'transient' }]);
  expect(scene.told[0]?.message).toContain('ran out of time');
});

it('an execution that a person cancelled in the console is cancelled', async () => {
  scene = await openRunScene();
  const hanging = launchOf('jobs.hang');
  const { execution } = await scene.runner.launch(hanging);
  const { executions } = await byHand(scene);
  const parent = `projects/local/locations/local/jobs/${jobName(hanging.table, 'test')}`;
  await executions.cancelExecution({ name: `${parent}/executions/${execution}` });
  await scene.settled();
  expect(scene.told).toMatchObject([{ launch: hanging.id, result: 'cancelled' }]);
});

it('of several tasks the one that will fail again speaks for all', async () => {
  const code = 'process.exit([0, 75, 1, 3][Number(process.env.CLOUD_RUN_TASK_INDEX)])';
  scene = await openRunScene({ job: { command: ['-e', code], taskCount: 4 } });
  await scene.runner.launch(launch);
  await scene.settled();
  expect(scene.told).toMatchObject([{ result: 'permanent' }]);
  expect(scene.told[0]?.message).toContain('exit code 1;');
});

it('an execution that Cloud Run forgot has failed, unless it was seen to end well', async () => {
  scene = await openRunScene();
  const { runner, server } = scene;
  const { execution } = await runner.launch(launch);
  await scene.settled();
  server.forget(execution);
  expect(await runner.stateOf(launch.id)).toBe('succeeded');
  const unseen = launchOf('jobs.hang');
  server.forget((await runner.launch(unseen)).execution);
  expect(await runner.stateOf(unseen.id)).toBe('failed');
});

it('says the same of an end that it is told twice, and nothing of one that has not come', async () => {
  scene = await openRunScene();
  const { runner } = scene;
  const { execution } = await runner.launch(launch);
  await scene.settled();
  expect(await runner.endOf({ job, execution })).toEqual(scene.told[0]);
  const hanging = launchOf('jobs.hang');
  const hangs = await runner.launch(hanging);
  const name = { job: jobName(hanging.table, 'test'), execution: hangs.execution };
  expect(await runner.endOf(name)).toBeNull();
});

it('says nothing of executions that are none of a launch, or of one that it did not begin', async () => {
  scene = await openRunScene();
  const { jobs } = await byHand(scene);
  const name = JOB_PATH;
  await jobs.runJob({ name });
  const env = [{ name: 'PHASEGATE_LAUNCH', value: launch.id }];
  await jobs.runJob({ name, overrides: { containerOverrides: [{ env }] } });
  await scene.settled();
  expect(scene.told).toEqual([null, null]);
  expect(scene.leases.texts.size).toBe(0);
});

it('the end of an execution whose start was never answered counts, and it is not begun again', async () => {
  scene = await openRunScene();
  Object.assign(scene.server.faults, { answersLost: 1, hiddenMs: Number.POSITIVE_INFINITY });
  const impatient = scene.instance({ deadlines: IMPATIENT });
  await expect(impatient.launch(launch)).rejects.toMatchObject({ kind: 'unavailable' });
  await scene.settled();
  expect(scene.told).toMatchObject([{ launch: launch.id, result: 'succeeded' }]);
  const { execution } = await scene.runner.launch(launch);
  expect(execution).toBe(scene.server.executions[0]?.name);
  expect(scene.server.runCalls()).toBe(1);
});
