import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { openStateFile } from '../../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../../shared/adapters/local/sqlite-run-store.ts';
import { drain } from '../../../shared/shell/drain.ts';
import { day } from '../../core/build.ts';
import type { Figures } from '../figures.ts';
import { BURST_TABLES, burstPipeline } from './burst-pipeline.ts';
import { neverRan, requested, runNumbered, season } from './chain.ts';
import type { Drained, DrainerData } from './drainer.ts';

const DRAINER = resolve(import.meta.dirname, 'drainer.ts');
const DRAINERS = 4;
const MAX_COMMITS = 10;

/** 200 jobs end at once: their facts come through several connections, and several drainers fold them. */
export async function burstFigures(directory: string, figures: Figures): Promise<void> {
  const file = join(directory, 'burst.db');
  const db = openStateFile(file);
  const runs = sqliteRunStore(db);
  const run = runNumbered(0);
  const { pipeline, names } = burstPipeline();
  const core = { runs, bus: { publish: async () => '' }, pipelineOf: async () => pipeline };
  const calendar = { seasons: [season(2021, day('2021-10-19'), 3)] };
  await runs.post(run, { id: 'start', event: requested(pipeline, run) });
  await runs.post(run, { id: 'outcomes:1', event: neverRan(names, calendar) });
  await drain(core, run);
  const before = await runs.load(run);

  const gate = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
  const drained = await Promise.all(
    Array.from({ length: DRAINERS }, async (_, me) => {
      const workerData: DrainerData = { file, me, drainers: DRAINERS, gate };
      const [told] = await once(new Worker(DRAINER, { workerData }), 'message');
      return told as Drained;
    }),
  );
  const after = await runs.load(run);
  const facts = await runs.facts(run);
  db.close();
  const folded = Object.values(after?.state?.tables ?? {}).filter(({ tag }) => tag === 'verifying');
  const commits = (after?.version ?? Number.NaN) - (before?.version ?? Number.NaN);
  const left = (after?.inbox.length ?? Number.NaN) + (after?.outbox.length ?? Number.NaN);
  const lost = BURST_TABLES - Math.min(folded.length, facts.length - 2);
  const what = `${BURST_TABLES} jobs end at once`;
  figures.add(`${what}: facts lost`, lost, 'facts', { atMost: 0 });
  figures.add(`${what}: left in inbox or outbox`, left, 'entries', { atMost: 0 });
  figures.add(`${what}: commits`, commits, 'commits', { atMost: MAX_COMMITS });
  figures.add(
    `${what}: messages sent`,
    drained.reduce((sum, { messages }) => sum + messages, 0),
    'messages',
    { atLeast: BURST_TABLES },
  );
  figures.add(
    `${what}: until all are folded and done`,
    Math.max(...drained.map(({ seconds }) => seconds)),
    's',
  );
}
