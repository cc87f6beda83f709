import { parentPort } from 'node:worker_threads';
import { tell } from './tally.ts';

export type Task = Readonly<{ seed: string; from: number; to: number }>;

/** Tells the stories it is given, one task after the other. */
parentPort?.on('message', async ({ seed, from, to }: Task) => {
  parentPort?.postMessage(await tell(seed, from, to));
});
