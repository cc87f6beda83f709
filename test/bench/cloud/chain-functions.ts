import { type CloudEvent, cloudEvent } from '@google-cloud/functions-framework';
import { codeVersion } from '../../../shared/adapters/code-version.ts';
import { bucketEvidence } from '../../../shared/adapters/gcp/bucket-evidence.ts';
import { busNotifier } from '../../../shared/adapters/gcp/bus-notifier.ts';
import { firestoreClient } from '../../../shared/adapters/gcp/firestore-client.ts';
import { firestoreRunStore } from '../../../shared/adapters/gcp/firestore-run-store.ts';
import { cloudLog } from '../../../shared/adapters/gcp/log.ts';
import { pubsubBus } from '../../../shared/adapters/gcp/pubsub-bus.ts';
import { pubsubClient } from '../../../shared/adapters/gcp/pubsub-client.ts';
import { pushHandler } from '../../../shared/adapters/gcp/push-handler.ts';
import { storageClient } from '../../../shared/adapters/gcp/storage-client.ts';
import { handlersOf, type TopicOfRuns } from '../../../shared/adapters/handlers.ts';
import { PhasegateError } from '../../../shared/core/errors.ts';
import { writeEvidence } from '../../../shared/edge/evidence-text.ts';
import type { JobRunner } from '../../../shared/ports/job-runner.ts';
import type { World } from '../../../shared/ports/world.ts';
import { longChain } from './long-chain.ts';
import { BUCKET, ENVIRONMENT, PROJECT } from './place.ts';
import { SERVED, tell } from './served.ts';
import { storedWarehouse } from './stored-warehouse.ts';

const chain = longChain();
const firestore = firestoreClient({
  projectId: PROJECT,
  host: process.env.FIRESTORE_EMULATOR_HOST ?? '',
});
const storage = storageClient({
  projectId: PROJECT,
  apiEndpoint: process.env.STORAGE_EMULATOR_HOST ?? null,
});
const bus = pubsubBus(pubsubClient(PROJECT), ENVIRONMENT);
const jobs: JobRunner = {
  async launch({ id }) {
    tell('launched', id);
    return { execution: `bench-${id}` };
  },
  stateOf: async () => 'unknown',
  cancel: async () => 'unknown',
  running: async () => [],
};
const world: World = {
  runs: firestoreRunStore(firestore),
  bus,
  warehouse: storedWarehouse(chain),
  jobs,
  notifier: busNotifier(bus),
  evidence: {
    store: bucketEvidence({ client: storage, bucket: BUCKET }),
    textOf: writeEvidence,
    codeVersion,
  },
  pipelineOf: async () => chain.pipeline,
  now: () => new Date().toISOString(),
};
const handlers = handlersOf(world, () => {
  throw new PhasegateError('bug', 'nothing is started here');
});
const log = cloudLog(PROJECT, (line) => process.stdout.write(line));

/** The real handlers as `functions/` registers them, in front of a warehouse that answers at once and of jobs that do nothing. */
for (const [topic, name] of Object.entries(SERVED) as [TopicOfRuns, string][]) {
  const handle = pushHandler({ bus, environment: ENVIRONMENT, log }, topic, handlers[topic]);
  cloudEvent(name, async (event: CloudEvent<unknown>): Promise<void> => {
    await handle(event);
    tell('handled', name);
  });
}

type Published = Readonly<{ message: Readonly<{ data: string }> }>;
cloudEvent('bare', ({ data }: CloudEvent<Published>): void => {
  tell('heard', Buffer.from(data?.message.data ?? '', 'base64').toString('utf8'));
});
