import { EventEmitter, once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Firestore } from '@google-cloud/firestore';
import { PubSub } from '@google-cloud/pubsub';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { firestoreClient } from '../../shared/adapters/gcp/firestore-client.ts';
import { firestoreRunStore } from '../../shared/adapters/gcp/firestore-run-store.ts';
import { reconcileTrigger } from '../../shared/adapters/gcp/monitoring.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { deadTopicName, topicName } from '../../shared/core/cloud-names.ts';
import { jobName } from '../../shared/core/job-name.ts';
import { expectedTriggers } from '../../shared/core/monitor/expected-triggers.ts';
import { type Pipeline, tablesOf } from '../../shared/core/pipeline.ts';
import { SYSTEM_TABLES } from '../../shared/core/system-tables.ts';
import { TOPICS, type Topic } from '../../shared/ports/bus.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { type Emulator, firestoreEmulator, pubsubEmulator } from './emulators.ts';
import { type ServedFunction, serveFunction } from './functions-served.ts';
import { iamFront } from './iam-front.ts';
import { close, connectTopic, listening } from './pushed.ts';
import { openRunServer } from './run-server.ts';
import { openSchedulerServer, scheduledJob } from './scheduler-server.ts';
import { openStorageServer } from './storage-server.ts';

export const PROJECT = 'local';
export const ENVIRONMENT = 'test';
const REGION = 'us-central1';
const JOBS = 'jobs@local.example';
/** In the webhook's address, as Slack has it. */
export const SECRET = 'secret-of-tests';
export const OPERATOR = 'ana@local.example';
const READER = 'cid@local.example';
const MAIN = resolve('shared/cli/main.ts');

const SERVED: Readonly<Record<Topic, string>> = {
  'phasegate-start': 'start-run',
  'phasegate-job-finished': 'on-job-finished',
  'phasegate-gate-requested': 'validation-gate',
  'phasegate-launch-requested': 'launch-phase',
  'phasegate-monitor-due': 'monitor',
  'phasegate-alerts': 'notify',
};

/** Both of Google's emulators; null where one of them is absent. */
export async function emulators() {
  const [firestore, pubsub] = await Promise.all([firestoreEmulator(), pubsubEmulator()]);
  if (firestore !== null && pubsub !== null) return { firestore, pubsub };
  await Promise.all([firestore?.stop(), pubsub?.stop()]);
  return null;
}

export type Cloud = Awaited<ReturnType<typeof openCloud>>;

/**
 * Everything of the cloud on this machine: Google's emulators between the functions, each in a process of its own behind
 * push subscriptions, local servers for BigQuery, Cloud Run, Cloud Scheduler and Cloud Storage, a clock that calls
 * `reconcile`, and a chat that keeps what it is told.
 *
 * @param copies how many subscriptions push each message
 * @param more of the functions' environment
 */
export async function openCloud(
  { firestore, pubsub }: Readonly<{ firestore: Emulator; pubsub: Emulator }>,
  pipeline: Pipeline,
  pipelineName: string,
  copies: number,
  more: Readonly<Record<string, string>> = {},
) {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-cloud-'));
  const bigQuery = await openBigQueryServer({ file: join(directory, 'warehouse.duckdb') });
  const storage = await openStorageServer();
  const place = { project: PROJECT, region: REGION, environment: ENVIRONMENT };
  const scheduled = [...expectedTriggers(pipeline), reconcileTrigger(pipeline)].map((trigger) => ({
    ...scheduledJob(place, trigger),
    lastAttemptTime: new Date().toISOString(),
  }));
  const scheduler = await openSchedulerServer(scheduled, () => new Date().toISOString());
  const warehouse = bigQueryWarehouse({ projectId: PROJECT, apiEndpoint: bigQuery.url });
  await ensureTables(warehouse, pipeline, SYSTEM_TABLES);
  const client = new PubSub({ projectId: PROJECT, apiEndpoint: pubsub.host, emulatorMode: true });
  const told: string[] = [];
  const heard = new EventEmitter();
  const chat = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    told.push(JSON.parse(Buffer.concat(parts).toString('utf8')).text);
    heard.emit('told');
    response.end('ok');
  });
  const local = {
    BIGQUERY_EMULATOR_HOST: bigQuery.url,
    STORAGE_EMULATOR_HOST: storage.url,
    METADATA_SERVER_DETECTION: 'none',
  };
  const jobs = Object.fromEntries(
    tablesOf(pipeline).map(({ name }) => [
      jobName(name, ENVIRONMENT),
      { command: [MAIN, 'job', name] as const },
    ]),
  );
  const finished = topicName('phasegate-job-finished', ENVIRONMENT);
  const run = await openRunServer({
    project: PROJECT,
    region: REGION,
    environment: local,
    jobs,
    logs: directory,
    onEnd: (entry) => void client.topic(finished).publishMessage({ data: Buffer.from(entry) }),
  });
  const served = new Map<string, ServedFunction>();
  const door = (email: string, name: string) => iamFront(email, () => served.get(name)?.url ?? '');
  const front = await door(JOBS, 'api');
  const people = await door(OPERATOR, 'api');
  const readers = await door(READER, 'dashboard');
  const environment = {
    ...local,
    PHASEGATE_PROJECT: PROJECT,
    PHASEGATE_REGION: REGION,
    PHASEGATE_LOCATION: 'US',
    PHASEGATE_ENVIRONMENT: ENVIRONMENT,
    PHASEGATE_PIPELINE: pipelineName,
    PHASEGATE_DATABASE: '(default)',
    PHASEGATE_EVIDENCE_BUCKET: 'evidence-of-tests',
    PHASEGATE_API: front.url,
    PHASEGATE_VERSION: 'test',
    PHASEGATE_OPERATORS: OPERATOR,
    PHASEGATE_READERS: READER,
    PHASEGATE_JOB_ACCOUNTS: JOBS,
    PHASEGATE_RUN_SERVER: run.url,
    PHASEGATE_SCHEDULER_SERVER: scheduler.url,
    FIRESTORE_EMULATOR_HOST: firestore.host,
    PUBSUB_EMULATOR_HOST: pubsub.host,
    SLACK_WEBHOOK_URL: `${await listening(chat)}/${SECRET}`,
    ...more,
  };
  const names = [...Object.values(SERVED), 'reconcile', 'api', 'dashboard'];
  for (const each of await Promise.all(names.map((name) => serveFunction(name, environment)))) {
    served.set(each.name, each);
  }
  const functionOf = (name: string): ServedFunction => {
    const found = served.get(name);
    if (found === undefined) throw new Error(`no function ${name}`);
    return found;
  };
  for (const topic of TOPICS) {
    const [full, dead] = [topicName(topic, ENVIRONMENT), deadTopicName(topic, ENVIRONMENT)];
    const { url } = functionOf(SERVED[topic]);
    await connectTopic(client, full, dead, url, copies);
  }
  const database = new Firestore({ projectId: PROJECT, host: firestore.host, ssl: false });
  const runs = firestoreRunStore(firestoreClient({ projectId: PROJECT, host: firestore.host }));
  const ticking = tickEvery(5_000, functionOf('reconcile'));
  return {
    pipeline,
    warehouse,
    runs,
    run,
    /** Resolves with the first message to the chat that holds this text. */
    async hears(text: string): Promise<string> {
      for (;;) {
        const found = told.find((each) => each.includes(text));
        if (found !== undefined) return found;
        await once(heard, 'told');
      }
    },
    told,
    /** What Cloud Scheduler has; any of it may be changed. */
    scheduled,
    client,
    database,
    functionOf,
    /** What all functions have printed. */
    printed: () => [...served.values()].flatMap(({ lines }) => lines),
    pubsubUrl: `http://${pubsub.host}`,
    /** The API, to the operator. */
    apiUrl: people.url,
    /** The page, to a reader. */
    pageUrl: readers.url,
    async close() {
      await ticking.stop();
      await Promise.all([...served.values()].map((each) => each.stop()));
      await run.close();
      await client.close();
      await database.terminate();
      await front.close();
      await people.close();
      await readers.close();
      await close(chat);
      await scheduler.close();
      await storage.close();
      await bigQuery.close();
    },
  };
}

/** What Cloud Scheduler does, more often. */
function tickEvery(pauseMs: number, { url }: ServedFunction) {
  let isStopped = false;
  const ticks = async () => {
    while (!isStopped) {
      await fetch(url, { method: 'POST' }).catch(() => undefined);
      await new Promise((done) => setTimeout(done, pauseMs));
    }
  };
  const ended = ticks();
  return {
    stop() {
      isStopped = true;
      return ended;
    },
  };
}
