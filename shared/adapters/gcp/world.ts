import { jobName } from '../../core/job-name.ts';
import { tableNamed } from '../../core/pipeline.ts';
import type { CloudConfig } from '../../edge/cloud-config.ts';
import { writeEvidence } from '../../edge/evidence-text.ts';
import type { AlertMemory } from '../../ports/alert-memory.ts';
import type { Launch } from '../../ports/job-runner.ts';
import type { World } from '../../ports/world.ts';
import { codeVersion } from '../code-version.ts';
import { pinnedPipelines } from '../pinned-pipelines.ts';
import { bigQueryWarehouse } from './bigquery-warehouse.ts';
import { bucketDays } from './bucket-days.ts';
import { bucketEvidence } from './bucket-evidence.ts';
import { busNotifier } from './bus-notifier.ts';
import { type CloudRunJobRunner, cloudRunJobRunner } from './cloud-run-job-runner.ts';
import { firestoreAlertMemory } from './firestore-alert-memory.ts';
import { firestoreClient } from './firestore-client.ts';
import { firestoreLeases } from './firestore-leases.ts';
import { firestoreRunStore } from './firestore-run-store.ts';
import { type PubsubBus, pubsubBus } from './pubsub-bus.ts';
import { pubsubClient } from './pubsub-client.ts';
import { storageClient } from './storage-client.ts';

export type CloudWorld = World &
  Readonly<{ bus: PubsubBus; jobs: CloudRunJobRunner; alerts: AlertMemory }>;

/** It is there in seconds, and no handler holds a message for longer than 120 s. */
const METADATA_MS = 60_000;
/** A job may take as long as a run waits for it, and so much longer that its end is always heard first. */
const GRACE_MS = 60_000;

/** Everything outside, in Google Cloud. Each client is imported and connected at its first use. */
export function cloudWorld(config: CloudConfig): CloudWorld {
  const { project, environment, local } = config;
  const firestore = firestoreClient({
    projectId: project,
    databaseId: config.database,
    ...(local.firestore === null ? {} : { host: local.firestore }),
  });
  const bucket = {
    client: storageClient({ projectId: project, apiEndpoint: local.storage }),
    bucket: config.evidenceBucket,
  };
  const runs = firestoreRunStore(firestore);
  const bus = pubsubBus(pubsubClient(project), environment);
  const pipelineOf = pinnedPipelines(runs);
  const now = () => new Date().toISOString();
  const warehouse = bigQueryWarehouse({
    projectId: project,
    location: config.location,
    metadataMilliseconds: METADATA_MS,
    ...(local.warehouse === null ? {} : { apiEndpoint: local.warehouse }),
  });
  const jobs = cloudRunJobRunner({
    project,
    region: config.region,
    ...(local.run === null ? {} : { endpoint: local.run }),
    jobNameOf: (table) => jobName(table, environment),
    leases: firestoreLeases(firestore),
    environment: {
      PHASEGATE_PROJECT: project,
      PHASEGATE_LOCATION: config.location,
      ...(config.api === null ? {} : { PHASEGATE_API: config.api }),
    },
    timeoutMsOf: async ({ definition, table: name }: Launch) => {
      const pipeline = await pipelineOf(definition);
      const own = tableNamed(pipeline, name)?.job.deadlineMinutes;
      const minutes = own ?? pipeline.deadlines.jobMinutes;
      return minutes * 60_000 + GRACE_MS;
    },
    keepDays: bucketDays(bucket),
    now,
  });
  return {
    runs,
    bus,
    warehouse,
    jobs,
    notifier: busNotifier(bus),
    evidence: {
      store: bucketEvidence(bucket),
      textOf: writeEvidence,
      codeVersion,
    },
    pipelineOf,
    now,
    alerts: firestoreAlertMemory(firestore),
    version: config.version,
    ...(config.jobImage === null ? {} : { jobImage: config.jobImage }),
  };
}
