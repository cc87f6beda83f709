import type { RunStore } from '../../../shared/ports/run-store.ts';
import { record } from '../../../shared/shell/drain.ts';
import { firestoreInstances } from '../../cloud/firestore-instances.ts';
import { day } from '../../core/build.ts';
import { BURST_TABLES, burstPipeline } from '../core/burst-pipeline.ts';
import { neverRan, requested, runNumbered, season, succeeded } from '../core/chain.ts';
import type { Figures } from '../figures.ts';

const MAX_COMMITS = 20;
/** Messages for one promise: what two instances perform at the same moment is sent twice. */
const MAX_TIMES_SENT = 5;
const INSTANCES = 8;

/** 200 jobs of one run end at once: several instances of a function record their ends on Firestore. */
export async function burstOnFirestore(host: string, figures: Figures): Promise<void> {
  const { open, close } = firestoreInstances(host);
  try {
    await measureBurst(open(INSTANCES), figures);
  } finally {
    await close();
  }
}

async function measureBurst(stores: readonly [RunStore, ...RunStore[]], figures: Figures) {
  const [one] = stores;
  const run = runNumbered(0);
  const { pipeline, names } = burstPipeline();
  const calendar = { seasons: [season(2021, day('2021-10-19'), 3)] };
  const asked = new Set<string>();
  const bus = { publish: async (topic: string, body: unknown) => add(`${topic} ${textOf(body)}`) };
  let messages = 0;
  const add = (message: string) => {
    asked.add(message);
    return String(++messages);
  };
  const cores = stores.map((runs) => ({ runs, bus, pipelineOf: async () => pipeline }));
  const first = cores[0];
  if (first === undefined) throw new Error('no instance');
  await record(first, run, 'start', requested(pipeline, run));
  await record(first, run, 'outcomes:1', neverRan(names, calendar));
  const before = await one.load(run);
  asked.clear();
  messages = 0;

  const started = process.hrtime.bigint();
  await Promise.all(
    names.map((name, n) =>
      record(cores[n % INSTANCES] ?? first, run, `${run}.${name}.1:ended`, succeeded(name)),
    ),
  );
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;

  const after = await one.load(run);
  const facts = await one.facts(run);
  const folded = Object.values(after?.state?.tables ?? {}).filter(({ tag }) => tag === 'verifying');
  const commits = (after?.version ?? Number.NaN) - (before?.version ?? Number.NaN);
  const left = (after?.inbox.length ?? Number.NaN) + (after?.outbox.length ?? Number.NaN);
  const lost = BURST_TABLES - Math.min(folded.length, facts.length - 2, asked.size);
  const what = `Firestore: ${BURST_TABLES} jobs end at once`;
  figures.add(`${what}: lost`, lost, 'facts', { atMost: 0 });
  figures.add(`${what}: left in inbox or outbox`, left, 'entries', { atMost: 0 });
  figures.add(`${what}: commits`, commits, 'commits', { atMost: MAX_COMMITS });
  figures.add(`${what}: messages sent`, messages, 'messages', { atLeast: BURST_TABLES });
  figures.add(`${what}: messages sent for each promise`, messages / asked.size, 'x', {
    atMost: MAX_TIMES_SENT,
  });
  figures.add(`${what}: until all are folded and done`, seconds, 's');
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}
