import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NO_DAYS, parseDaySet } from '../../shared/core/day-set.ts';
import type { Day } from '../../shared/core/days.ts';
import { parsePhaseName, parseRunId, parseTableName } from '../../shared/core/ids.ts';
import { type Effect, type RunState, UNTOUCHED } from '../../shared/core/run.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import { day, RUN } from '../core/build.ts';
import { describeLocks } from './run-store-locks.ts';
import { describeUnfinished } from './run-store-unfinished.ts';

const AT = '2026-01-01T00:00:00.000Z';

type Opened = {
  store: RunStore;
  /** A second connection to the same runs; absent where there can be none. */
  another?: RunStore;
  close(): void | Promise<void>;
};

/** What every run store must do. Each adapter's test file is one call of this function. */
export function describeRunStore(adapter: string, open: () => Opened | Promise<Opened>): void {
  describe(`run store: ${adapter}`, () => {
    const tick = (second: number): RunEvent => ({
      type: 'clock-ticked',
      at: `2026-01-01T00:00:${String(second).padStart(2, '0')}.000Z`,
    });
    const page = (text: string): Effect => ({ kind: 'page-human', key: text, text });
    const state: RunState = {
      schema: 2,
      run: RUN,
      request: {
        pipeline: 'tiny',
        from: day('2022-01-01'),
        to: day('2022-01-02'),
        phases: [],
        mode: 'all',
      },
      definition: 'd1',
      plan: null,
      image: null,
      status: 'live',
      since: AT,
      round: 1,
      calendar: { seasons: [] },
      phases: {},
      phaseSince: AT,
      tables: {},
      endedAt: null,
      ...UNTOUCHED,
      waitingFor: null,
      message: null,
    };
    let opened: Opened;
    let store: RunStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.close());

    const commit = (expected: number, folded: string[], effects: Effect[]) =>
      store.commit(RUN, { expected, state: { ...state, round: expected + 1 }, folded, effects });

    it('knows nothing of a run to which nothing was posted', async () => {
      expect(await store.load(RUN)).toBeNull();
      expect(await store.state(RUN)).toBeNull();
      expect(await store.knows(RUN, 'a')).toBe(false);
      expect(await store.list()).toEqual([]);
    });

    it('gives the state of the last commit alone, whoever wrote it, and none before the first', async () => {
      const another = opened.another ?? store;
      await store.post(RUN, { id: 'a', event: tick(1) });
      expect(await store.state(RUN)).toBeNull();
      await another.commit(RUN, { expected: 0, state, folded: ['a'], effects: [] });
      expect(await store.state(RUN)).toEqual(state);
      const blocked: RunState = { ...state, status: 'blocked' };
      await another.commit(RUN, { expected: 1, state: blocked, folded: [], effects: [] });
      expect(await store.state(RUN)).toEqual(blocked);
      expect((await store.load(RUN))?.state).toEqual(blocked);
    });

    it('lists the run that changed last first, also where all changed within a millisecond', async () => {
      const runs = ['c', 'a', 'b'].map((text) => parseRunId(RUN.replace(/.$/, text)));
      for (const run of runs) await store.post(run, { id: 'a', event: tick(1) });
      expect(await store.list()).toEqual([...runs].reverse());
      const [first = RUN] = runs;
      await store.commit(first, {
        expected: 0,
        state: { ...state, run: first },
        folded: ['a'],
        effects: [],
      });
      expect((await store.list())[0]).toBe(first);
    });

    it('gives the newest runs alone, the latest first, and counts the older ones', async () => {
      expect(await store.newest(2)).toEqual({ runs: [], older: 0 });
      const runs = ['c', 'a', 'b', 'd'].map((text) => parseRunId(RUN.replace(/.$/, text)));
      for (const run of runs) {
        await store.post(run, { id: 'a', event: tick(1) });
        const own = { ...state, run };
        if (run === runs[3]) continue;
        await store.commit(run, { expected: 0, state: own, folded: ['a'], effects: [] });
      }
      const found = await (opened.another ?? store).newest(3);
      expect(found.runs.map(({ run }) => run)).toEqual([runs[2], runs[1]]);
      expect(found.older).toBe(1);
      expect((await store.newest(9)).runs).toHaveLength(3);
      expect((await store.newest(9)).older).toBe(0);
    });

    it('keeps a fact once, however often it is posted, also after it was folded', async () => {
      expect(await store.post(RUN, { id: 'a', event: tick(1) })).toBe(true);
      expect(await store.post(RUN, { id: 'a', event: tick(2) })).toBe(false);
      expect((await store.load(RUN))?.inbox).toEqual([{ id: 'a', event: tick(1) }]);
      await commit(0, ['a'], []);
      expect(await store.post(RUN, { id: 'a', event: tick(3) })).toBe(false);
      expect(await store.knows(RUN, 'a')).toBe(true);
      expect((await store.load(RUN))?.inbox).toEqual([]);
      expect(await store.facts(RUN)).toEqual([{ id: 'a', event: tick(1) }]);
    });

    it('keeps the order of facts, first as posted and then as folded', async () => {
      for (const id of ['c', 'a', 'b']) await store.post(RUN, { id, event: tick(1) });
      expect((await store.load(RUN))?.inbox.map((fact) => fact.id)).toEqual(['c', 'a', 'b']);
      await commit(0, ['b', 'c'], []);
      await commit(1, ['a'], []);
      expect((await store.facts(RUN)).map((fact) => fact.id)).toEqual(['b', 'c', 'a']);
    });

    it('refuses a commit from a version that is no longer current, and writes none of it', async () => {
      await store.post(RUN, { id: 'a', event: tick(1) });
      await store.post(RUN, { id: 'b', event: tick(2) });
      await commit(0, ['a'], []);
      await commit(1, [], []);
      for (const stale of [0, 1, 3]) {
        await expect(commit(stale, ['b'], [page('late')])).rejects.toMatchObject({
          kind: 'conflict',
        });
      }
      const stored = await store.load(RUN);
      expect(stored).toMatchObject({ version: 2, outbox: [], state: { round: 2 } });
      expect(stored?.inbox.map((fact) => fact.id)).toEqual(['b']);
    });

    it('posts and folds a fact in one commit, behind those of the inbox', async () => {
      await store.post(RUN, { id: 'a', event: tick(1) });
      const posted = { id: 'b', event: tick(2) };
      const promised = await store.commit(RUN, {
        expected: 0,
        state,
        folded: ['a'],
        posted,
        effects: [page('x'), page('y')],
      });
      expect(promised.map(({ effect }) => effect)).toEqual([page('x'), page('y')]);
      expect((await store.load(RUN))?.outbox).toEqual(promised);
      expect((await store.facts(RUN)).map(({ id }) => id)).toEqual(['a', 'b']);
      expect(await store.knows(RUN, 'b')).toBe(true);
    });

    it('refuses a commit whose fact was ever posted, and writes none of it', async () => {
      await store.post(RUN, { id: 'a', event: tick(1) });
      const posted = { id: 'a', event: tick(1) };
      const again = { expected: 0, state, folded: [], posted, effects: [page('late')] };
      await expect(store.commit(RUN, again)).rejects.toMatchObject({ kind: 'conflict' });
      expect(await store.load(RUN)).toMatchObject({ version: 0, state: null, outbox: [] });
      expect((await store.load(RUN))?.inbox.map(({ id }) => id)).toEqual(['a']);
    });

    it('lets exactly one of many commits from one version win', async () => {
      await store.post(RUN, { id: 'a', event: tick(1) });
      const all = await Promise.allSettled(
        Array.from({ length: 20 }, (_, index) => commit(0, [], [page(String(index))])),
      );
      expect(all.filter(({ status }) => status === 'fulfilled').length).toBe(1);
      expect((await store.load(RUN))?.outbox.length).toBe(1);
    });

    it('loses none of 200 facts that arrive at once', async () => {
      await Promise.all(
        Array.from({ length: 200 }, (_, index) =>
          store.post(RUN, { id: `f${index}`, event: tick(1) }),
        ),
      );
      expect((await store.load(RUN))?.inbox.length).toBe(200);
    });

    it('drops only the promise that was kept, even when it is dropped twice', async () => {
      await store.post(RUN, { id: 'a', event: tick(1) });
      await commit(0, ['a'], [page('first'), page('second')]);
      const first = (await store.load(RUN))?.outbox[0];
      await store.settle(RUN, first?.seq ?? -1);
      await store.settle(RUN, first?.seq ?? -1);
      expect((await store.load(RUN))?.outbox.map(({ effect }) => effect)).toEqual([page('second')]);
    });

    it('returns exactly the state that was committed', async () => {
      await store.post(RUN, { id: 'a', event: tick(1) });
      const days = parseDaySet('2021-12-31..2022-01-01,2022-02-27..2022-03-02');
      const table = parseTableName('a.teams');
      const season = { season: 2021, start: AT.slice(0, 10) as Day, days, excluded: NO_DAYS };
      const rich: RunState = {
        ...state,
        message: 'é "quoted" ☃',
        calendar: { seasons: [season] },
        tables: { [table]: { tag: 'verifying', attempt: 1, days, look: 0 } },
        published: { [table]: NO_DAYS },
        badDaysBefore: { phase: parsePhaseName('analytics'), days: 4 },
      };
      await store.commit(RUN, { expected: 0, state: rich, folded: ['a'], effects: [] });
      expect((await store.load(RUN))?.state).toEqual(rich);
    });

    describeLocks(
      () => store,
      () => opened.another ?? store,
    );

    describeUnfinished(
      () => store,
      () => opened.another ?? store,
      state,
    );

    it('keeps a definition under its hash, and says when there is none', async () => {
      await store.saveDefinition('h1', '{"a":1}');
      await store.saveDefinition('h1', '{"a":1}');
      expect(await store.loadDefinition('h1')).toBe('{"a":1}');
      await expect(store.loadDefinition('h2')).rejects.toMatchObject({ kind: 'not-found' });
    });
  });
}
