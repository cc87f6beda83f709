import { describe, expect, it } from 'vitest';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { parseRunId, parseTableName, type RunId } from '../../shared/core/ids.ts';
import type { AskingMessage } from '../../shared/core/messages.ts';
import type { World } from '../../shared/ports/world.ts';
import { askRun } from '../../shared/shell/ask-run.ts';
import { record } from '../../shared/shell/drain.ts';
import { holderOf, STARTS } from '../../shared/shell/set-going.ts';
import { day, pipelineOf, RUN, requestOf, sameDay, table } from '../core/build.ts';
import { requestedRun } from '../core/requested-run.ts';

const AT = '2026-01-03T04:00:00.000Z';
const LATER = parseRunId(`${RUN}-2`);
const pipeline = pipelineOf(table('a.teams', [sameDay('raw.schedule')]));

/** The first run failed while it read; the second one, of the same request, is live. */
async function world(runs: readonly RunId[] = [RUN, LATER]) {
  const w = {
    runs: sqliteRunStore(openStateFile(':memory:')),
    bus: { publish: async () => 'm' },
    pipelineOf: async () => pipeline,
    now: () => AT,
  } as unknown as World;
  for (const run of runs) {
    await record(w, run, 'm1', {
      type: 'run-requested',
      run,
      request: requestOf(pipeline),
      definition: 'd',
      by: 'ana',
      reason: '',
      at: AT,
    });
  }
  const trouble = { type: 'outcomes-unreadable', round: 1, message: 'x', at: AT } as const;
  await record(w, RUN, 'outcomes:1', trouble);
  return w;
}
const asking = (what: 'repair' | 'retry' | 'pause', run = RUN): AskingMessage => ({
  what,
  run,
  requestedBy: 'ana',
  reason: 'r',
});

describe('a run at rest', () => {
  it.each(['repair', 'retry'] as const)(
    'is not woken by a %s beside a live run that writes the same table',
    async (what) => {
      const w = await world();
      await expect(askRun(w, 'm2', asking(what))).rejects.toMatchObject({
        kind: 'invalid-input',
        message: expect.stringContaining(LATER),
      });
      expect((await w.runs.load(RUN))?.state?.status).toBe('failed');
    },
  );

  it('is woken once nobody else is live', async () => {
    const w = await world([RUN]);
    await askRun(w, 'm2', asking('repair'));
    expect((await w.runs.load(RUN))?.state).toMatchObject({ status: 'reading', round: 2 });
  });

  it('has no table that an override could name wrongly', async () => {
    const override: AskingMessage = {
      what: 'override',
      run: RUN,
      table: parseTableName('a.nothing'),
      until: day('2027-01-01'),
      requestedBy: 'ana',
      reason: 'r',
    };
    await expect(askRun(await world([RUN]), 'm2', override)).rejects.toThrow(
      `a.nothing is not in run ${RUN}; accepted: a.teams`,
    );
  });
});

it('a message that comes again after its run has ended once more wakes nothing, and is no trouble', async () => {
  const w = await world([RUN]);
  await askRun(w, 'm2', asking('repair'));
  const trouble = { type: 'outcomes-unreadable', round: 2, message: 'x', at: AT } as const;
  await record(w, RUN, 'outcomes:2', trouble);
  await record(w, LATER, 'm1', {
    type: 'run-requested',
    run: LATER,
    request: requestOf(pipeline),
    definition: 'd',
    by: 'ana',
    reason: '',
    at: AT,
  });
  await askRun(w, 'm2', asking('repair'));
  expect((await w.runs.load(RUN))?.state).toMatchObject({ status: 'failed', round: 2 });
});

it('what may wake a run waits for a start on the same days, though the run is live as it is asked', async () => {
  const w = await world([LATER]);
  const { from, to } = requestOf(pipeline);
  const lock = { table: STARTS, launch: holderOf(RUN, 'm9'), run: RUN, days: [{ from, to }] };
  await w.runs.lock(lock, 1_000);
  await expect(askRun(w, 'm3', asking('retry', LATER))).rejects.toMatchObject({
    kind: 'unavailable',
  });
});

it('a pause does not end the waking of the same run that is under way', async () => {
  const w = await world([RUN]);
  const { from, to } = requestOf(pipeline);
  const lock = { table: STARTS, launch: holderOf(RUN, 'm2'), run: RUN, days: [{ from, to }] };
  await w.runs.lock(lock, 1_000);
  await askRun(w, 'm3', asking('pause'));
  expect(await w.runs.locks()).toEqual([lock]);
});

it('a live run may be paused beside others', async () => {
  const w = await world();
  await askRun(w, 'm2', asking('pause', LATER));
  expect((await w.runs.load(LATER))?.state?.paused).toMatchObject({ by: 'ana' });
});

it('what would wake a run that is only being started has to come again, and changes nothing', async () => {
  const w = await world([]);
  await w.runs.post(RUN, { id: 'm1', event: requestedRun(pipeline) });
  await expect(askRun(w, 'm2', asking('repair'))).rejects.toMatchObject({ kind: 'unavailable' });
  expect(await w.runs.knows(RUN, 'm2')).toBe(false);
  await askRun(w, 'm3', asking('pause'));
  expect(await w.runs.knows(RUN, 'm3')).toBe(true);
});
