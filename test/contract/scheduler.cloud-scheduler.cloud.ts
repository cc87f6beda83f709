import { afterAll, describe, expect, it } from 'vitest';
import { cloudScheduler } from '../../shared/adapters/gcp/cloud-scheduler.ts';
import { schedulerClient } from '../../shared/adapters/gcp/scheduler-client.ts';
import {
  type ExpectedTrigger,
  expectedTriggers,
} from '../../shared/core/monitor/expected-triggers.ts';
import { firestoreEmulator } from '../cloud/emulators.ts';
import { firestoreInstances } from '../cloud/firestore-instances.ts';
import { openSchedulerServer, type ScheduledJob, scheduledJob } from '../cloud/scheduler-server.ts';
import { AT, describeScheduler, SCHEDULED } from './scheduler.ts';

const emulator = await firestoreEmulator();
const PARENT = 'projects/local/locations/us-central1';
const ENVIRONMENT = 'test';

const jobOf = (trigger: ExpectedTrigger) =>
  scheduledJob({ project: 'local', region: 'us-central1', environment: ENVIRONMENT }, trigger);

describe.skipIf(emulator === null)('Cloud Scheduler, through the official client', () => {
  const { clients, close } = firestoreInstances(emulator?.host ?? '');
  afterAll(async () => {
    await close();
    await emulator?.stop();
  });

  async function open(others: readonly ScheduledJob[] = []) {
    const jobs = [...others, ...expectedTriggers(SCHEDULED).map(jobOf)];
    const server = await openSchedulerServer(jobs, () => AT);
    const scheduler = cloudScheduler({
      client: schedulerClient({ project: 'local', endpoint: server.url }),
      firestore: clients(1)[0],
      project: 'local',
      region: 'us-central1',
      environment: ENVIRONMENT,
    });
    return { scheduler, server, calls: () => server.published, close: () => server.close() };
  }

  describeScheduler('Cloud Scheduler', () => open());

  it('sees what is not as infra made it: other targets, failures, pauses that nobody explained', async () => {
    const [daily] = expectedTriggers(SCHEDULED).map(jobOf);
    const path = (name: string) => `${PARENT}/jobs/${name}`;
    const { scheduler, close: end } = await open([
      { ...daily!, name: path(`phasegate-reconcile-${ENVIRONMENT}`), httpTarget: { uri: 'u' } },
      { ...daily!, name: path('somebody-else') },
      { ...daily!, name: path('phasegate-monitor-daily-prod') },
      {
        ...daily!,
        name: path(`phasegate-monitor-old-${ENVIRONMENT}`),
        state: 'PAUSED',
        lastAttemptTime: AT,
        status: { code: 5, message: 'no such topic' },
      },
    ]);
    const found = await scheduler.list();
    expect(found.map(({ name }) => name)).toEqual([
      'monitor-daily',
      'monitor-old',
      'monitor-stuck',
      'reconcile',
    ]);
    expect(found[1]).toMatchObject({
      isPaused: true,
      pause: null,
      lastAttemptAt: AT,
      lastFailure: 'no such topic',
    });
    await end();
  });
});
