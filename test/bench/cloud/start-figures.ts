import { join, resolve } from 'node:path';
import { topicName } from '../../../shared/core/cloud-names.ts';
import type { Figures } from '../figures.ts';
import { median } from '../measure.ts';
import { writeHelloWorld } from './hello-world.ts';
import { deployedEnvironment, ENVIRONMENT } from './place.ts';
import { type PushedMessage, pushByHand } from './push-by-hand.ts';
import { type Source, serveSource } from './serve-source.ts';

const MAX_LISTENING = 1.2;
const MAX_FIRST_EVENT = 4;
const START_TOPIC = topicName('phasegate-start', ENVIRONMENT);

export type StartBench = Readonly<{ directory: string; rounds: number; isBounded: boolean }>;

type Starts = Readonly<{ listening: number; first: number }>;

/** Asks all that a message needs of a function, its environment read and its world built, and nothing of anybody outside. */
const CANARY: Pick<PushedMessage, 'text' | 'attributes'> = {
  text: '{}',
  attributes: { canary: 'bench' },
};

/**
 * How long `start-run` takes to listen and to its first event, against a hello world, each new process beginning with
 * nothing but the compile cache that its source was deployed with; and once more without any.
 */
export async function startFigures(bench: StartBench, figures: Figures): Promise<void> {
  const hello = writeHelloWorld(join(bench.directory, 'hello'));
  const cache = join(bench.directory, 'compiled');
  const kept = await medians(bench, hello, { NODE_COMPILE_CACHE: cache });
  const { isBounded } = bench;
  add(figures, 'function', kept, {
    listening: isBounded ? MAX_LISTENING : null,
    first: isBounded ? MAX_FIRST_EVENT : null,
  });
  const bare = await medians(bench, hello, {});
  add(figures, 'function without compile cache', bare, { listening: null, first: null });
}

async function medians({ rounds }: StartBench, hello: string, more: Record<string, string>) {
  const environment = { ...deployedEnvironment(), ...more };
  const sides: readonly Source[] = [
    { file: resolve('functions/index.ts'), target: 'start-run', environment },
    { file: hello, target: 'hello', environment },
  ];
  const all = sides.map((): Starts[] => []);
  for (let round = 0; round <= rounds; round++) {
    const order = sides.map((side, index) => ({ side, index }));
    for (const { side, index } of round % 2 === 0 ? order : order.toReversed()) {
      const starts = await startOf(side, round);
      if (round > 0) all[index]?.push(starts);
    }
  }
  const [ours = [], theirs = []] = all;
  return { ours: medianOf(ours), theirs: medianOf(theirs) };
}

/** The first round keeps what it compiled. */
async function startOf(side: Source, round: number): Promise<Starts> {
  const serving = await serveSource(side);
  await pushByHand(serving.url, { topic: START_TOPIC, messageId: `m${round}`, ...CANARY });
  const starts = { listening: serving.secondsToListen, first: serving.seconds() };
  await serving.stop(round === 0 ? 'asked' : 'at once');
  return starts;
}

function medianOf(starts: readonly Starts[]): Starts {
  return {
    listening: median(starts.map(({ listening }) => listening)),
    first: median(starts.map(({ first }) => first)),
  };
}

function add(
  figures: Figures,
  what: string,
  { ours, theirs }: Readonly<{ ours: Starts; theirs: Starts }>,
  atMost: Readonly<{ listening: number | null; first: number | null }>,
): void {
  const note = (mine: number, other: number) =>
    `${(mine * 1000).toFixed(0)} ms / ${(other * 1000).toFixed(0)} ms`;
  figures.add(`${what}: start to listening / hello world`, ours.listening / theirs.listening, 'x', {
    atMost: atMost.listening,
    note: note(ours.listening, theirs.listening),
  });
  figures.add(`${what}: start to first event / hello world`, ours.first / theirs.first, 'x', {
    atMost: atMost.first,
    note: note(ours.first, theirs.first),
  });
}
