import { FieldValue } from '@google-cloud/firestore';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { firestoreRunStore } from '../../shared/adapters/gcp/firestore-run-store.ts';
import { decide } from '../../shared/core/decide.ts';
import type { RunState } from '../../shared/core/run.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import type { Bus } from '../../shared/ports/bus.ts';
import type { Commit, RunStore } from '../../shared/ports/run-store.ts';
import { drain, record } from '../../shared/shell/drain.ts';
import { firestoreEmulator } from '../cloud/emulators.ts';
import { firestoreInstances } from '../cloud/firestore-instances.ts';
import { pipelineOf, RUN, sameDay, table } from '../core/build.ts';
import { AT, requestedRun } from '../core/requested-run.ts';
import { describeRunStore } from './run-store.ts';
import { describeUnfinished } from './run-store-unfinished.ts';

const emulator = await firestoreEmulator();

describe.skipIf(emulator === null)("on Google's emulator", () => {
  const { clients, open, close } = firestoreInstances(emulator?.host ?? '');
  afterAll(async () => {
    await close();
    await emulator?.stop();
  });

  const pipeline = pipelineOf(table('a.teams', [sameDay('raw.schedule')]));
  const requested = requestedRun(pipeline);
  const tick: RunEvent = { type: 'clock-ticked', at: AT };
  const state = decide(pipeline, null, requested)?.state as RunState;
  const bus: Bus = { publish: async () => 'm' };
  const worldOf = (runs: RunStore) => ({ runs, bus, pipelineOf: async () => pipeline });
  const first = (folded: readonly string[]): Commit => ({
    expected: 0,
    state,
    folded,
    effects: [],
  });

  describeRunStore('Firestore', () => {
    const [store, another] = open(2);
    return { store, ...(another && { another }), close };
  });

  describe('run store: Firestore, where a run is marked as over as soon as it is seen to be', () => {
    const rest = { restMilliseconds: 0 };
    let stores: readonly RunStore[] = [];
    const nth = (index: number) => stores[index] ?? expect.unreachable('not opened');
    beforeEach(() => {
      stores = clients(2).map((client) => firestoreRunStore(client, rest));
    });
    describeUnfinished(
      () => nth(0),
      () => nth(1),
      state,
    );
  });

  it('finds the runs that a release before left unfinished, and marks each for the time to come', async () => {
    const [client] = clients(1);
    const runs = firestoreRunStore(client, { restMilliseconds: 0 });
    const db = await client.db();
    const kept = async (last: string, text: string | null) => {
      const id = RUN.replace(/.$/, last);
      const changed = FieldValue.serverTimestamp();
      await db.doc(`runs/${id}`).set({ version: 1, state: text, changed });
      return id;
    };
    const ended = await kept('0', JSON.stringify({ ...state, status: 'passed' }));
    const live = await kept('1', JSON.stringify(state));
    const asked = await kept('2', null);
    const unreadable = await kept('3', '{"schema":99}');
    const all = [ended, live, asked, unreadable];
    expect([...(await runs.unfinished())].sort()).toEqual(all);
    expect([...(await runs.unfinished())].sort()).toEqual([live, asked, unreadable]);
    const standings = await Promise.all(all.map((id) => db.doc(`runs/${id}`).get()));
    expect(standings.map((document) => document.get('standing'))).toEqual([
      'over',
      'moving',
      'moving',
      'moving',
    ]);
  });

  it('marks no run as over before it has rested for an hour', async () => {
    const [client] = clients(1);
    const runs = firestoreRunStore(client);
    const standingNow = async () =>
      (await (await client.db()).doc(`runs/${RUN}`).get()).get('standing');
    await runs.post(RUN, { id: 'x', event: tick });
    await runs.commit(RUN, { ...first(['x']), state: { ...state, status: 'passed' } });
    expect(await runs.unfinished()).toEqual([]);
    expect(await standingNow()).toBe('resting');
    await runs.post(RUN, { id: 'y', event: tick });
    expect(await standingNow()).toBe('moving');
  });

  it('folds 200 facts that 8 instances record at once in at most 20 commits, none twice, none lost', async () => {
    const committed: string[] = [];
    const stores = open(8);
    const instances = stores.map((runs) =>
      worldOf({
        ...runs,
        async commit(run, commit) {
          const promised = await runs.commit(run, commit);
          committed.push(...commit.folded, ...(commit.posted ? [commit.posted.id] : []));
          return promised;
        },
      }),
    );
    const [one = worldOf(stores[0])] = instances;
    await record(one, RUN, 'm1', requested);
    const ids = Array.from({ length: 200 }, (_, n) => `t${n}`);
    await Promise.all(ids.map((id, n) => record(instances[n % 8] ?? one, RUN, id, tick)));
    const stored = await one.runs.load(RUN);
    expect(stored).toMatchObject({ inbox: [], outbox: [] });
    expect(committed.sort()).toEqual(['m1', ...ids].sort());
    const folded = (await one.runs.facts(RUN)).map(({ id }) => id);
    expect(folded.sort()).toEqual(committed);
    expect((stored?.version ?? 0) - 1).toBeLessThanOrEqual(20);
  });

  it('gives the 200 oldest of 450 facts, and drains them all, the oldest first', async () => {
    const [runs] = open(1);
    const world = worldOf(runs);
    await record(world, RUN, 'm1', requested);
    const before = (await runs.load(RUN))?.version ?? 0;
    const ids = Array.from({ length: 450 }, (_, n) => `t${n}`);
    const early = ids.slice(0, 50);
    for (const id of early) await runs.post(RUN, { id, event: tick });
    await Promise.all(ids.slice(50).map((id) => runs.post(RUN, { id, event: tick })));
    const inbox = (await runs.load(RUN))?.inbox.map(({ id }) => id) ?? [];
    expect([inbox.length, inbox.slice(0, 50)]).toEqual([200, early]);
    await drain(world, RUN);
    expect((await runs.load(RUN))?.inbox).toEqual([]);
    expect((await runs.load(RUN))?.version).toBe(before + 3);
    const folded = (await runs.facts(RUN)).map(({ id }) => id);
    expect([folded.length, folded.slice(0, 51)]).toEqual([451, ['m1', ...early]]);
  });

  it('finds the request among more facts than one load gives', async () => {
    const [runs] = open(1);
    for (let n = 0; n < 210; n++) await runs.post(RUN, { id: `t${n}`, event: tick });
    await record(worldOf(runs), RUN, 'm1', requested);
    expect(await runs.load(RUN)).toMatchObject({ version: 1, inbox: [] });
    expect((await runs.facts(RUN)).length).toBe(211);
  });

  it('lets one of two instances that loaded the same version win, and the other one go on from there', async () => {
    const [a, b = a] = open(2);
    for (const id of ['x', 'y']) await a.post(RUN, { id, event: tick });
    expect((await a.load(RUN))?.version).toBe(0);
    expect((await b.load(RUN))?.version).toBe(0);
    await a.commit(RUN, first(['x']));
    const late = b.commit(RUN, first(['x', 'y']));
    await expect(late).rejects.toMatchObject({ kind: 'conflict' });
    const stored = await b.load(RUN);
    expect([stored?.version, stored?.inbox.map(({ id }) => id)]).toEqual([1, ['y']]);
    await b.commit(RUN, { ...first(['y']), expected: 1 });
    expect((await a.facts(RUN)).map(({ id }) => id)).toEqual(['x', 'y']);
  });

  it('numbers promises so that none ever has the number of another one', async () => {
    const [runs] = open(1);
    const page = (key: string) => ({ kind: 'page-human' as const, key, text: key });
    await runs.post(RUN, { id: 'x', event: tick });
    const seqs: number[] = [];
    for (const expected of [0, 1, 2]) {
      const effects = [page('a'), page('b')];
      const promised = await runs.commit(RUN, { expected, state, folded: [], effects });
      for (const { seq } of promised) await runs.settle(RUN, seq);
      seqs.push(...promised.map(({ seq }) => seq));
    }
    expect([...new Set(seqs)].sort((a, b) => a - b)).toEqual(seqs);
  });

  it("writes nothing to a run's document when a fact is posted to a run that is there", async () => {
    const [client, other = client] = clients(2);
    const [a, b] = [firestoreRunStore(client), firestoreRunStore(other)];
    const writtenAt = async () =>
      (await (await client.db()).doc(`runs/${RUN}`).get()).updateTime?.valueOf();
    await a.post(RUN, { id: 'x', event: tick });
    const since = await writtenAt();
    for (const id of ['x', 'y', 'z']) await a.post(RUN, { id, event: tick });
    await b.post(RUN, { id: 'w', event: tick });
    expect(since).toEqual(expect.any(String));
    expect(await writtenAt()).toBe(since);
    await a.commit(RUN, first(['x']));
    expect(await writtenAt()).not.toBe(since);
  });

  it('keeps a state of 64 KB and a definition of 600 KB to the letter', async () => {
    const [a, b = a] = open(2);
    const text = (length: number) => 'é"\\☃ '.repeat(length / 8);
    const large = { ...state, message: text(64_000) };
    await a.post(RUN, { id: 'x', event: tick });
    await a.commit(RUN, { ...first(['x']), state: large });
    expect((await b.load(RUN))?.state).toEqual(large);
    await a.saveDefinition('h', text(600_000));
    expect(await b.loadDefinition('h')).toBe(text(600_000));
  });

  it('keeps facts apart whose ids Firestore would refuse or confuse', async () => {
    const [runs] = open(1);
    const ids = ['a/b', 'a%2Fb', '.', '..', '%2E', '__x__', '%5F_x__', 'ü/☃', 'l'.repeat(3_000)];
    for (const id of ids) expect(await runs.post(RUN, { id, event: tick })).toBe(true);
    for (const id of ids) expect(await runs.post(RUN, { id, event: tick })).toBe(false);
    await runs.commit(RUN, first(ids));
    expect((await runs.facts(RUN)).map(({ id }) => id)).toEqual(ids);
    expect(await runs.knows(RUN, 'l'.repeat(3_001))).toBe(false);
  });
});
