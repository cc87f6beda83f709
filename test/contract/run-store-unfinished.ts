import { expect, it } from 'vitest';
import { parseRunId } from '../../shared/core/ids.ts';
import type { Effect, RunState, RunStatus } from '../../shared/core/run.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import type { Commit, RunStore } from '../../shared/ports/run-store.ts';
import { RUN } from '../core/build.ts';

const tick: RunEvent = { type: 'clock-ticked', at: '2026-01-01T00:00:00.000Z' };
const page: Effect = { kind: 'page-human', key: 'x', text: 'x' };

/**
 * The part of the contract that says which runs somebody has to look after.
 *
 * @param another a second connection to what `store` is connected to
 * @param state of any run
 */
export function describeUnfinished(
  store: () => RunStore,
  another: () => RunStore,
  state: RunState,
): void {
  const unfinished = () => store().unfinished();
  const commit = (status: RunStatus, change: Pick<Commit, 'expected'> & Partial<Commit>) =>
    store().commit(RUN, { state: { ...state, status }, folded: [], effects: [], ...change });

  it('finds a run unfinished from its first fact on until it is at rest', async () => {
    expect(await unfinished()).toEqual([]);
    await store().post(RUN, { id: 'a', event: tick });
    expect(await unfinished()).toEqual([RUN]);
    await commit('live', { expected: 0, folded: ['a'] });
    expect(await unfinished()).toEqual([RUN]);
    await commit('cancelling', { expected: 1 });
    expect(await unfinished()).toEqual([RUN]);
    await commit('cancelled', { expected: 2 });
    expect(await unfinished()).toEqual([]);
    expect(await store().list()).toEqual([RUN]);
  });

  it('finds a run at rest unfinished while a promise of it is not dropped', async () => {
    await store().post(RUN, { id: 'a', event: tick });
    const effects = [page, page];
    const promised = await commit('blocked', { expected: 0, folded: ['a'], effects });
    for (const { seq } of promised) {
      expect(await unfinished()).toEqual([RUN]);
      await store().settle(RUN, seq);
    }
    expect(await unfinished()).toEqual([]);
  });

  it('finds a run at rest unfinished while a fact of it is not folded', async () => {
    for (const id of ['a', 'b']) await store().post(RUN, { id, event: tick });
    await commit('blocked', { expected: 0, folded: ['a'] });
    expect(await unfinished()).toEqual([RUN]);
    await commit('blocked', { expected: 1, folded: ['b'] });
    expect(await unfinished()).toEqual([]);
  });

  it('finds a run that was over unfinished from the next fact on, whoever posts it', async () => {
    await store().post(RUN, { id: 'a', event: tick });
    await commit('failed', { expected: 0, folded: ['a'] });
    for (const [index, by] of [store(), another(), another(), store()].entries()) {
      expect(await unfinished()).toEqual([]);
      const id = `late${index}`;
      expect(await by.post(RUN, { id, event: tick })).toBe(true);
      expect(await unfinished()).toEqual([RUN]);
      await commit('failed', { expected: index + 1, folded: [id] });
    }
  });

  it('finds a run that was over unfinished when a commit wakes it', async () => {
    await store().post(RUN, { id: 'a', event: tick });
    await commit('blocked', { expected: 0, folded: ['a'] });
    expect(await unfinished()).toEqual([]);
    await commit('live', { expected: 1, posted: { id: 'b', event: tick } });
    expect(await unfinished()).toEqual([RUN]);
  });

  it('leaves a run over to which a known fact is posted again', async () => {
    await store().post(RUN, { id: 'a', event: tick });
    await commit('passed', { expected: 0, folded: ['a'] });
    expect(await unfinished()).toEqual([]);
    expect(await store().post(RUN, { id: 'a', event: tick })).toBe(false);
    expect(await unfinished()).toEqual([]);
  });

  it('tells runs that are over from those that are not', async () => {
    const statuses: readonly RunStatus[] = ['passed', 'reading', 'failed', 'live'];
    const runs = statuses.map((_, index) => parseRunId(RUN.replace(/.$/, String(index))));
    for (const [index, run] of runs.entries()) {
      await store().post(run, { id: 'a', event: tick });
      const own: RunState = { ...state, run, status: statuses[index] ?? 'live' };
      await store().commit(run, { expected: 0, state: own, folded: ['a'], effects: [] });
    }
    expect([...(await unfinished())].sort()).toEqual([runs[1], runs[3]]);
  });
}
