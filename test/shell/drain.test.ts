import { describe, expect, it } from 'vitest';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { PhasegateError } from '../../shared/core/errors.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import type { Bus } from '../../shared/ports/bus.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import { drain, record } from '../../shared/shell/drain.ts';
import { burstPipeline } from '../bench/core/burst-pipeline.ts';
import {
  neverRan,
  requested as requestedOf,
  runNumbered,
  season,
  succeeded,
} from '../bench/core/chain.ts';
import { day, pipelineOf, RUN, sameDay, table } from '../core/build.ts';
import { AT, requestedRun } from '../core/requested-run.ts';

const pipeline = pipelineOf(table('a.teams', [sameDay('raw.schedule')]));
const requested = requestedRun(pipeline);

/** A store on real SQLite, and a bus that carries what it is given until it is told to break. */
function world(change: (runs: RunStore) => RunStore = (runs) => runs) {
  const published: unknown[] = [];
  let failures = 0;
  const bus: Bus = {
    async publish(_, body) {
      if (failures-- > 0) throw new Error('the instance was killed');
      published.push(body);
      return String(published.length);
    },
  };
  const runs = change(sqliteRunStore(openStateFile(':memory:')));
  return {
    runs,
    bus,
    published,
    pipelineOf: async () => pipeline,
    breakBus: (times: number) => {
      failures = times;
    },
  };
}

const asked = { run: RUN, round: 1, what: 'outcomes' };

it('keeps a promise after a crash between the commit and the message', async () => {
  const w = world();
  w.breakBus(1);
  await expect(record(w, RUN, 'm1', requested)).rejects.toThrow('killed');
  expect((await w.runs.load(RUN))?.state?.status).toBe('reading');
  expect(w.published).toEqual([]);
  await drain(w, RUN);
  expect(w.published).toEqual([asked]);
  expect((await w.runs.load(RUN))?.outbox).toEqual([]);
});

it('keeps what an earlier commit promised when the next fact is recorded', async () => {
  const w = world();
  w.breakBus(1);
  await expect(record(w, RUN, 'm1', requested)).rejects.toThrow('killed');
  await record(w, RUN, 't1', { type: 'clock-ticked', at: AT });
  expect(w.published).toEqual([asked]);
  expect((await w.runs.load(RUN))?.outbox).toEqual([]);
});

it('keeps a promise again when the crash came before it was forgotten', async () => {
  let settles = 0;
  const w = world((runs) => ({
    ...runs,
    settle: async (run, seq) => {
      if (settles++ === 0) throw new Error('the instance was killed');
      await runs.settle(run, seq);
    },
  }));
  await expect(record(w, RUN, 'm1', requested)).rejects.toThrow('killed');
  await drain(w, RUN);
  expect(w.published).toEqual([asked, asked]);
});

it('loses nothing when another drainer folded first', async () => {
  const w = world((runs) => {
    let races = 0;
    return {
      ...runs,
      commit: async (run, commit) => {
        if (races++ === 0) {
          await runs.commit(run, commit);
          throw new PhasegateError('conflict', 'somebody was first');
        }
        return runs.commit(run, commit);
      },
    };
  });
  await record(w, RUN, 'm1', requested);
  expect(w.published).toEqual([asked]);
  expect((await w.runs.load(RUN))?.version).toBe(1);
});

it('folds facts that came before the request once the request is there', async () => {
  const w = world();
  const early: RunEvent = {
    type: 'outcomes-unreadable',
    round: 1,
    message: 'no quota',
    at: AT,
  };
  await record(w, RUN, 'outcomes:1', early);
  expect((await w.runs.load(RUN))?.inbox.length).toBe(1);
  await record(w, RUN, 'm1', requested);
  expect((await w.runs.load(RUN))?.state?.status).toBe('failed');
});

it('folds 200 facts that arrive at once, none twice and none lost', async () => {
  const w = world();
  await record(w, RUN, 'm1', requested);
  const tick: RunEvent = { type: 'clock-ticked', at: AT };
  await Promise.all(Array.from({ length: 200 }, (_, n) => record(w, RUN, `t${n}`, tick)));
  const stored = await w.runs.load(RUN);
  expect(stored?.inbox).toEqual([]);
  expect((await w.runs.facts(RUN)).length).toBe(201);
});

it('hears of the failure of the drain that folds its fact, and of no other one', async () => {
  const w = world();
  const tick: RunEvent = { type: 'clock-ticked', at: AT };
  await w.runs.post(RUN, { id: 'm1', event: requested });
  w.breakBus(1);
  const early = record(w, RUN, 't1', tick);
  await expect(early).rejects.toThrow('killed');
  await record(w, RUN, 't2', tick);
  expect(w.published).toEqual([asked]);
  expect((await w.runs.facts(RUN)).map(({ id }) => id)).toEqual(['m1', 't1', 't2']);
});

describe('when 200 jobs of one run end at once', () => {
  const { pipeline, names } = burstPipeline();
  const run = runNumbered(0);

  /** Their ends come to so many instances in turns. */
  async function messagesOf(instances: number): Promise<number> {
    const runs = sqliteRunStore(openStateFile(':memory:'));
    const sent: string[] = [];
    const bus: Bus = {
      async publish(_, body) {
        await new Promise(setImmediate);
        return String(sent.push(JSON.stringify(body)));
      },
    };
    const worlds = Array.from({ length: instances }, () => ({
      runs,
      bus,
      pipelineOf: async () => pipeline,
    }));
    const [one] = worlds;
    if (one === undefined) throw new Error('no instance');
    const calendar = { seasons: [season(2021, day('2021-10-19'), 3)] };
    await record(one, run, 'start', requestedOf(pipeline, run));
    await record(one, run, 'outcomes:1', neverRan(names, calendar));
    sent.length = 0;
    const ends = names.map((name, n) =>
      record(worlds[n % instances] ?? one, run, `${name}:ended`, succeeded(name)),
    );
    await Promise.all(ends);
    expect(await runs.load(run)).toMatchObject({ inbox: [], outbox: [] });
    expect(new Set(sent).size).toBe(200);
    return sent.length;
  }

  it('sends at most 210 messages for 200 promises from one instance', async () => {
    expect(await messagesOf(1)).toBeLessThanOrEqual(210);
  });

  it('sends at most 400 messages for 200 promises from ten instances', async () => {
    expect(await messagesOf(10)).toBeLessThanOrEqual(400);
  });
});
