import { afterEach, beforeEach, expect, it } from 'vitest';
import { isKind } from '../../shared/core/errors.ts';
import type { ExecutionState } from '../../shared/ports/job-runner.ts';
import { launchOf } from '../contract/job-runner.ts';
import { IMPATIENT, openRunScene, type RunScene } from './run-scene.ts';

const HIDDEN = Number.POSITIVE_INFINITY;
const PATIENTLY = { timeout: 20_000 };
const hanging = launchOf('jobs.hang');
let scene: RunScene;
beforeEach(async () => {
  scene = await openRunScene();
});
afterEach(() => scene.close());

it('an execution is asked to stop once, however often its launch is cancelled', async () => {
  await scene.close();
  scene = await openRunScene({ graceMs: 60_000 });
  const stays = launchOf('jobs.stay');
  await scene.runner.launch(stays);
  await scene.until(() => scene.startsOf(stays) > 0);
  for (const runner of [scene.runner, scene.instance(), scene.runner]) {
    expect(await runner.cancel(stays.id)).toBe('running');
  }
  expect(scene.server.stopCalls()).toBe(1);
});

it('a launch whose start nobody saw is stopped when it comes to light', async () => {
  Object.assign(scene.server.faults, { answersLost: 1, hiddenMs: HIDDEN });
  const impatient = scene.instance({ deadlines: IMPATIENT });
  await expect(impatient.launch(hanging)).rejects.toMatchObject({ kind: 'unavailable' });
  await expect(scene.runner.cancel(hanging.id)).rejects.toMatchObject({ kind: 'unavailable' });
  scene.server.show();
  await expect.poll(cancelled, PATIENTLY).toMatch(/^(running|failed)$/);
  await scene.settled();
  expect(scene.told).toMatchObject([{ launch: hanging.id, result: 'cancelled' }]);
});

it('a launch that nothing began for is not begun after it was cancelled', async () => {
  scene.server.faults.refusals = 1;
  const impatient = scene.instance({ deadlines: { ...IMPATIENT, settleMs: 300 } });
  await expect(impatient.launch(hanging)).rejects.toMatchObject({ kind: 'unavailable' });
  await expect.poll(cancelled, PATIENTLY).toBe('unknown');
  await expect(scene.runner.launch(hanging)).rejects.toMatchObject({ kind: 'conflict' });
  expect(scene.server.executions).toEqual([]);
});

it('a launch that is cancelled while Cloud Run is asked to begin it is stopped', async () => {
  const answer = Promise.withResolvers<void>();
  const late = { lateAnswers: 1, late: () => answer.promise };
  Object.assign(scene.server.faults, { ...late, hiddenMs: HIDDEN });
  const launched = scene.runner.launch(hanging);
  await expect.poll(scene.server.runCalls, PATIENTLY).toBe(1);
  await expect(scene.runner.cancel(hanging.id)).rejects.toMatchObject({ kind: 'unavailable' });
  answer.resolve();
  const { execution } = await launched;
  await scene.settled();
  expect(scene.told).toMatchObject([{ launch: hanging.id, result: 'cancelled' }]);
  expect(execution).toBe(scene.server.executions[0]?.name);
});

it('an execution that turned out to count for a cancelled launch is stopped by whoever looks, though its finder was killed', async () => {
  await scene.close();
  scene = await openRunScene({ graceMs: 60_000 });
  const stays = launchOf('jobs.stay');
  await scene.runner.launch(stays);
  await scene.until(() => scene.startsOf(stays) > 0);
  const found = await scene.leases.read(stays.id);
  const text = JSON.stringify({ ...JSON.parse(found?.text ?? ''), isCancelled: true });
  await scene.leases.update(stays.id, text, found?.version ?? '');
  for (const runner of [scene.runner, scene.instance()]) {
    expect(await runner.stateOf(stays.id)).toBe('running');
  }
  expect(scene.server.stopCalls()).toBe(1);
});

/** As its message would be delivered again. */
async function cancelled(): Promise<ExecutionState | null> {
  try {
    return await scene.runner.cancel(hanging.id);
  } catch (error) {
    if (isKind(error, 'unavailable')) return null;
    throw error;
  }
}
