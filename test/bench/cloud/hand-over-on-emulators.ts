import { firestoreClient } from '../../../shared/adapters/gcp/firestore-client.ts';
import { firestoreRunStore } from '../../../shared/adapters/gcp/firestore-run-store.ts';
import { topicName } from '../../../shared/core/cloud-names.ts';
import { launchId, type RunId } from '../../../shared/core/ids.ts';
import type { JobFinishedMessage } from '../../../shared/core/messages.ts';
import type { Emulator } from '../../cloud/emulators.ts';
import { runNumbered } from '../core/chain.ts';
import { shellOn } from '../core/shell-on.ts';
import type { Figures } from '../figures.ts';
import { median } from '../measure.ts';
import { type FunctionsBehindTopics, openFunctions } from './functions-behind-topics.ts';
import { CHAIN_TABLES, longChain } from './long-chain.ts';
import { ENVIRONMENT, PROJECT } from './place.ts';
import { quantile } from './quantile.ts';
import { BARE_TOPIC, wordsOf } from './served.ts';

const MAX_MEDIAN = 5;
const MAX_P99 = 12;
const FINISHED = topicName('phasegate-job-finished', ENVIRONMENT);

export type EmulatorBench = Readonly<{
  firestore: Emulator;
  pubsub: Emulator;
  /** Of 19 hand-overs each, after one that warms up. */
  runs: number;
  isBounded: boolean;
}>;

/**
 * From the publish of a job's end to the launch of the next table: three functions, Pub/Sub between them, Firestore
 * behind each. Against one publish to a function of the same kind that does nothing, in turns.
 */
export async function handOverOnEmulators(bench: EmulatorBench, figures: Figures): Promise<void> {
  const functions = await openFunctions(bench);
  try {
    const { handOvers, hops } = await inTurns(bench, functions);
    const hop = median(hops);
    const what = 'hand-over on the emulators';
    figures.add('bare publish to handler, median', hop * 1000, 'ms', {
      note: `p99 ${(quantile(hops, 0.99) * 1000).toFixed(0)} ms of ${hops.length}`,
    });
    for (const [name, share, atMost] of [
      ['p50', 0.5, MAX_MEDIAN],
      ['p99', 0.99, MAX_P99],
    ] as const) {
      const seconds = quantile(handOvers, share);
      figures.add(`${what}: ${name} / bare hop`, seconds / hop, 'x', {
        atMost: bench.isBounded ? atMost : null,
        note: `${(seconds * 1000).toFixed(0)} ms of ${handOvers.length}`,
      });
    }
  } finally {
    await functions.close();
  }
}

async function inTurns(
  { firestore, runs: count }: EmulatorBench,
  functions: FunctionsBehindTopics,
) {
  const chain = longChain();
  const client = firestoreClient({ projectId: PROJECT, host: firestore.host });
  const runs = firestoreRunStore(client);
  const shell = shellOn(runs, chain);
  const handOvers: number[] = [];
  const hops: number[] = [];
  for (let n = 0; n <= count; n++) {
    const run = runNumbered(n);
    await shell.start(run);
    for (let index = 0; index < CHAIN_TABLES - 1; index++) {
      const [handOver, hop] = [await handOverOf(run, index), await hopOf(`${n}-${index}`)];
      if (n === 0) continue;
      handOvers.push(handOver);
      hops.push(hop);
    }
    const last = nameOf(CHAIN_TABLES - 1);
    // The next run writes the same tables.
    await runs.unlock(last, launchId(run, last, 1));
  }
  await (await client.db()).terminate();
  return { handOvers, hops };

  async function handOverOf(run: RunId, index: number): Promise<number> {
    const table = nameOf(index);
    const launched = functions.hears(wordsOf('launched', launchId(run, nameOf(index + 1), 1)));
    const handled = functions.hears(wordsOf('handled', 'launch-phase'));
    const message: JobFinishedMessage = {
      run,
      launch: launchId(run, table, 1),
      table,
      attempt: 1,
      result: 'succeeded',
      message: '',
      metrics: {},
    };
    const seconds = await secondsOf(FINISHED, JSON.stringify(message), launched);
    await handled;
    return seconds;
  }

  function hopOf(text: string): Promise<number> {
    return secondsOf(BARE_TOPIC, text, functions.hears(wordsOf('heard', text)));
  }

  async function secondsOf(topic: string, text: string, heard: Promise<void>): Promise<number> {
    const started = process.hrtime.bigint();
    const published = functions.publish(topic, text);
    await heard;
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    await published;
    return seconds;
  }

  function nameOf(index: number) {
    const name = chain.names[index];
    if (name === undefined) throw new Error(`the chain has no table ${index}`);
    return name;
  }
}
