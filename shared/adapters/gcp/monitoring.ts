import type { ExpectedTrigger } from '../../core/monitor/expected-triggers.ts';
import type { Definition, Pipeline } from '../../core/pipeline.ts';
import type { CloudConfig } from '../../edge/cloud-config.ts';
import { requestHash } from '../../edge/request-hash.ts';
import type { Monitoring } from '../../ports/monitoring.ts';
import { cronerCrons } from '../croner-crons.ts';
import { bucketAges } from './bucket-ages.ts';
import { cloudScheduler } from './cloud-scheduler.ts';
import { firestoreClient } from './firestore-client.ts';
import { firestoreMonitorStore } from './firestore-monitor-store.ts';
import { schedulerClient } from './scheduler-client.ts';
import { storageClient } from './storage-client.ts';
import { undelivered } from './undelivered.ts';
import type { CloudWorld } from './world.ts';

/** As infra schedules it: every minute, in the pipeline's zone. */
export function reconcileTrigger(pipeline: Pipeline): ExpectedTrigger {
  return {
    name: 'reconcile',
    cron: '* * * * *',
    timeZone: pipeline.timeZone,
    topic: null,
    body: '',
  };
}

/** A message that is pushed again for so long was pushed some seven times, of twelve that it has. */
const TEST_MS = 600_000;

/** What it takes to look at a world on a schedule, in Google Cloud. Each client is imported and connected at its first use. */
export function cloudMonitoring(
  world: CloudWorld,
  { project, region, environment, database, local }: CloudConfig,
  definitionNow: () => Definition,
): Monitoring {
  const firestore = firestoreClient({
    projectId: project,
    databaseId: database,
    ...(local.firestore === null ? {} : { host: local.firestore }),
  });
  return {
    ...world,
    monitors: firestoreMonitorStore(firestore),
    files: bucketAges({
      client: storageClient({ projectId: project, apiEndpoint: local.storage }),
    }),
    dead: undelivered({ project, environment, endpoint: local.monitoring, now: world.now }),
    crons: cronerCrons,
    scheduler: cloudScheduler({
      client: schedulerClient({
        project,
        ...(local.scheduler === null ? {} : { endpoint: local.scheduler }),
      }),
      firestore,
      project,
      region,
      environment,
    }),
    get alsoExpected() {
      return [reconcileTrigger(definitionNow().pipeline)];
    },
    definitionNow,
    testMs: TEST_MS,
    requestHash,
  };
}
