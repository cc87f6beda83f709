import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLease } from '../../shared/adapters/gcp/cloud-run-leases.ts';
import { isKind } from '../../shared/core/errors.ts';
import { jobName } from '../../shared/core/job-name.ts';
import type { JobRunner, Launch } from '../../shared/ports/job-runner.ts';
import { launchOf } from '../contract/job-runner.ts';
import { IMPATIENT, openRunScene, PATIENT, type RunScene } from './run-scene.ts';

const HASTY = { deadlines: { ...PATIENT, callMs: 600 } };
const SETTLE_MS = 300;
/** What is hidden is listed well before a launch gives up looking for it. */
const RACING = { deadlines: { callMs: 600, settleMs: 900, patienceMs: 4000, pollMs: 10 } };
const HIDDEN = Number.POSITIVE_INFINITY;
const launch = launchOf('jobs.succeed');

describe('a launch', () => {
  let scene: RunScene;
  beforeEach(async () => {
    scene = await openRunScene();
  });
  afterEach(() => scene.close());

  /** It began once, this is its execution, and Cloud Run was asked so many times. */
  async function expectOne(execution: string, calls: number) {
    await scene.settled();
    expect(scene.server.executions.map(({ name }) => name)).toEqual([execution]);
    expect(scene.startsOf(launch)).toBe(1);
    expect(scene.server.runCalls()).toBe(calls);
  }

  it('whose answer was lost is found, and not begun again', async () => {
    scene.server.faults.answersLost = 1;
    const { execution } = await scene.runner.launch(launch);
    await expectOne(execution, 1);
  });

  it('whose answer was lost is found although no list shows it for a while', async () => {
    Object.assign(scene.server.faults, { answersLost: 1, hiddenMs: HIDDEN });
    const launched = scene.runner.launch(launch);
    await scene.until(() => scene.startsOf(launch) > 0);
    scene.server.show();
    await expectOne((await launched).execution, 1);
  });

  it('whose answer comes too late is found, and not begun again', async () => {
    Object.assign(scene.server.faults, { lateAnswers: 1, late: () => pause(2000) });
    await expectOne(await insist(scene.instance(HASTY), launch), 1);
  });

  it('that Cloud Run had no time for is begun when it is sure that nothing began', async () => {
    scene.server.faults.refusals = 1;
    const asked = Date.now();
    const runner = scene.instance({ deadlines: { ...PATIENT, settleMs: SETTLE_MS } });
    const { execution } = await runner.launch(launch);
    expect(Date.now() - asked).toBeGreaterThanOrEqual(SETTLE_MS);
    await expectOne(execution, 2);
  });

  it.each([
    ['has no right to', 403, 'unavailable'],
    ['has used up its quota for', 429, 'unavailable'],
    ['asks for what makes no sense', 400, 'invalid-input'],
  ] as const)(
    'that it %s (%d) is refused at once, and may be asked for again',
    async (_why, refusal, kind) => {
      Object.assign(scene.server.faults, { refusals: 1, refusal });
      await expect(scene.runner.launch(launch)).rejects.toMatchObject({ kind });
      expect(scene.server.runCalls()).toBe(1);
      expect(await scene.runner.stateOf(launch.id)).toBe('unknown');
      await expectOne((await scene.runner.launch(launch)).execution, 2);
    },
  );

  it('is begun once when five instances are asked at the same time', async () => {
    const runners = [1, 2, 3, 4, 5].map(() => scene.instance());
    const all = await Promise.all(runners.map((each) => each.launch(launch)));
    expect(new Set(all.map(({ execution }) => execution)).size).toBe(1);
    await expectOne(all[0]?.execution ?? '', 1);
  });

  it('that an instance left behind with its answer lost is found by another', async () => {
    Object.assign(scene.server.faults, { answersLost: 1, hiddenMs: HIDDEN });
    const impatient = scene.instance({ deadlines: IMPATIENT });
    await expect(impatient.launch(launch)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(impatient.stateOf(launch.id)).rejects.toMatchObject({ kind: 'unavailable' });
    scene.server.show();
    const { execution } = await scene.instance().launch(launch);
    await expectOne(execution, 1);
  });

  it('that another instance holds is not begun before the hold is over', async () => {
    await held(60_000);
    const impatient = scene.instance({ deadlines: IMPATIENT });
    await expect(impatient.launch(launch)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(scene.server.runCalls()).toBe(0);
  });

  it('that an instance held and died over is taken over once, by whoever comes', async () => {
    await held(-1);
    expect(await scene.runner.stateOf(launch.id)).toBe('unknown');
    const runners = [1, 2, 3].map(() => scene.instance());
    const all = await Promise.all(runners.map((each) => each.launch(launch)));
    expect(new Set(all.map(({ execution }) => execution)).size).toBe(1);
    await expectOne(all[0]?.execution ?? '', 1);
  });

  it('is begun once whatever goes wrong, however often its message comes again', async () => {
    const fault = fc.constantFrom('lost', 'refused', 'slow', 'hidden', 'none');
    const plans = fc.sample(fc.array(fault, { minLength: 1, maxLength: 3 }), {
      seed: 7,
      numRuns: 8,
    });
    const launches = plans.map((_, index) => launchOf('jobs.succeed', index + 1));
    for (const [index, plan] of plans.entries()) {
      const one = launches[index] as Launch;
      const count = (what: string) => plan.filter((each) => each === what).length;
      Object.assign(scene.server.faults, {
        answersLost: count('lost'),
        refusals: count('refused'),
        lateAnswers: count('slow'),
        late: () => pause(800),
        hiddenMs: count('hidden') > 0 ? 150 : 0,
      });
      const all = await Promise.all([1, 2, 3].map(() => insist(scene.instance(RACING), one)));
      expect(new Set(all).size, plan.join()).toBe(1);
    }
    await scene.settled();
    expect(launches.map(scene.startsOf)).toEqual(launches.map(() => 1));
  });

  it('is refused when nobody can be asked, and may begin later', async () => {
    const away = scene.instance({ deadlines: IMPATIENT, endpoint: 'http://127.0.0.1:9' });
    await expect(away.launch(launch)).rejects.toMatchObject({ kind: 'unavailable' });
    await expectOne((await scene.runner.launch(launch)).execution, 1);
  });

  async function held(milliseconds: number) {
    await createLease(scene.leases, launch.id, {
      job: jobName(launch.table, 'test'),
      since: new Date().toISOString(),
      heldUntil: new Date(Date.now() + milliseconds).toISOString(),
    });
  }
});

/** As a message that is delivered again until somebody is content with it. */
async function insist(runner: JobRunner, launch: Launch): Promise<string> {
  for (let delivery = 1; ; delivery++) {
    try {
      return (await runner.launch(launch)).execution;
    } catch (error) {
      if (delivery === 50 || !isKind(error, 'unavailable')) throw error;
    }
  }
}
