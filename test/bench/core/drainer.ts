import { parentPort, workerData } from 'node:worker_threads';
import { openStateFile } from '../../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../../shared/adapters/local/sqlite-run-store.ts';
import { drain } from '../../../shared/shell/drain.ts';
import { waitForAll } from '../../fixtures/wait-for-all.ts';
import { burstPipeline } from './burst-pipeline.ts';
import { runNumbered, succeeded } from './chain.ts';

export type DrainerData = Readonly<{
  file: string;
  me: number;
  drainers: number;
  /** How many are ready to post, and how many have posted. */
  gate: SharedArrayBuffer;
}>;

export type Drained = Readonly<{ messages: number; seconds: number }>;

/** Posts its share of the facts on a connection of its own, waits until all have, and drains. */
const { file, me, drainers, gate } = workerData as DrainerData;
const arrived = new Int32Array(gate);
const { pipeline, names } = burstPipeline();
const run = runNumbered(0);
const db = openStateFile(file);
const runs = sqliteRunStore(db);
let messages = 0;
const bus = { publish: async () => String(++messages) };

waitForAll(arrived, 0, drainers);
for (const [index, name] of names.entries()) {
  if (index % drainers !== me) continue;
  await runs.post(run, { id: `${run}.${name}.1:ended`, event: succeeded(name) });
}
waitForAll(arrived, 1, drainers);
const started = process.hrtime.bigint();
await drain({ runs, bus, pipelineOf: async () => pipeline }, run);
const seconds = Number(process.hrtime.bigint() - started) / 1e9;
db.close();
parentPort?.postMessage({ messages, seconds } satisfies Drained);
