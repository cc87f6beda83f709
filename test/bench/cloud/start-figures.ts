import { join } from 'node:path';
import { PubSub } from '@google-cloud/pubsub';
import { deadTopicName, topicName } from '../../../shared/core/cloud-names.ts';
import { TOPICS } from '../../../shared/ports/bus.ts';
import type { Emulator } from '../../cloud/emulators.ts';
import { connectTopic } from '../../cloud/pushed.ts';
import { type Source, serveSource } from '../../cloud/serve-source.ts';
import { builtSource } from '../../deploy/built-source.ts';
import type { Figures } from '../figures.ts';
import { median } from '../measure.ts';
import { writeHelloWorld } from './hello-world.ts';
import { deployedEnvironment, ENVIRONMENT, PROJECT } from './place.ts';
import { type PushedMessage, pushByHand } from './push-by-hand.ts';

const MAX_LISTENING = 1.2;
const MAX_FIRST_EVENT = 4;
const START_TOPIC = topicName('phasegate-start', ENVIRONMENT);

export type StartBench = Readonly<{ directory: string; rounds: number; isBounded: boolean }>;

type Starts = Readonly<{ listening: number; first: number }>;
type Event = Pick<PushedMessage, 'text' | 'attributes'>;
type Environment = Readonly<Record<string, string>>;

/** Asks all that a message needs of a function, its environment read and its world built, and nothing of anybody outside. */
const CANARY: Event = { text: '{"canary":"bench"}', attributes: { canary: 'bench' } };

/** Has two seasons planned: a definition is read and kept, a run is stored, and its first question is published. */
const START: Event = {
  text: JSON.stringify({
    pipeline: 'nba',
    from: '2021-10-19',
    to: '2023-04-09',
    requestedBy: 'ana',
  }),
  attributes: {},
};

/**
 * How long `start-run` takes to listen and to its first event as it is deployed, with the compile cache of its build, against
 * a plain hello world; and once more without the cache.
 */
export async function startFigures(bench: StartBench, figures: Figures): Promise<void> {
  const kept = await mediansOf(bench, CANARY, (cache) => cache);
  const { isBounded } = bench;
  addListening(figures, 'function', kept, isBounded ? MAX_LISTENING : null);
  addFirst(figures, 'function: start to first event', kept, isBounded ? MAX_FIRST_EVENT : null);
  const bare = await mediansOf(bench, CANARY, () => ({}));
  addListening(figures, 'function without compile cache', bare, null);
  addFirst(figures, 'function without compile cache: start to first event', bare, null);
}

/** The same where the first event is a start message with all that it takes of Firestore and Pub/Sub, each time on a database of its own. */
export async function firstStartFigure(
  bench: StartBench,
  { firestore, pubsub }: Readonly<{ firestore: Emulator; pubsub: Emulator }>,
  figures: Figures,
): Promise<void> {
  const client = new PubSub({ projectId: PROJECT, apiEndpoint: pubsub.host, emulatorMode: true });
  for (const topic of TOPICS) {
    const dead = deadTopicName(topic, ENVIRONMENT);
    await connectTopic(client, topicName(topic, ENVIRONMENT), dead, null);
  }
  await client.close();
  const medians = await mediansOf(bench, START, (cache, round) => ({
    ...cache,
    PHASEGATE_DATABASE: `starts-${round}`,
    FIRESTORE_EMULATOR_HOST: firestore.host,
    PUBSUB_EMULATOR_HOST: pubsub.host,
  }));
  addFirst(figures, 'function: start to first run stored and asked for', medians, null);
}

async function mediansOf(
  { directory, rounds }: StartBench,
  event: Event,
  more: (cache: Environment, round: number) => Environment,
) {
  const { source, cache } = builtSource(join(directory, 'source'));
  const hello = writeHelloWorld(join(directory, 'hello'));
  const all: Starts[][] = [[], []];
  for (let round = 0; round <= rounds; round++) {
    const environment = deployedEnvironment(more({ NODE_COMPILE_CACHE: cache }, round));
    const order = [
      { file: join(source, 'functions/index.ts'), target: 'start-run', environment },
      { file: hello, target: 'hello', environment: deployedEnvironment() },
    ].map((side, index) => ({ side, index }));
    for (const { side, index } of round % 2 === 0 ? order : order.toReversed()) {
      const starts = await startOf(side, round, event);
      if (round > 0) all[index]?.push(starts);
    }
  }
  const [ours = [], theirs = []] = all;
  return { ours: medianOf(ours), theirs: medianOf(theirs) };
}

async function startOf(side: Source, round: number, event: Event): Promise<Starts> {
  const serving = await serveSource(side);
  await pushByHand(serving.url, { topic: START_TOPIC, messageId: `m${round}`, ...event });
  const starts = { listening: serving.secondsToListen, first: serving.seconds() };
  await serving.stop('at once');
  return starts;
}

function medianOf(starts: readonly Starts[]): Starts {
  return {
    listening: median(starts.map(({ listening }) => listening)),
    first: median(starts.map(({ first }) => first)),
  };
}

type Sides = Readonly<{ ours: Starts; theirs: Starts }>;

function addListening(figures: Figures, what: string, sides: Sides, atMost: number | null): void {
  add(figures, `${what}: start to listening`, sides.ours.listening, sides.theirs.listening, atMost);
}

function addFirst(figures: Figures, what: string, sides: Sides, atMost: number | null): void {
  add(figures, what, sides.ours.first, sides.theirs.first, atMost);
}

function add(figures: Figures, what: string, ours: number, theirs: number, atMost: number | null) {
  const note = `${(ours * 1000).toFixed(0)} ms / ${(theirs * 1000).toFixed(0)} ms`;
  figures.add(`${what} / hello world`, ours / theirs, 'x', { atMost, note });
}
