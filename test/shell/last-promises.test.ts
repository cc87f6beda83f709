import { expect, it } from 'vitest';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import type { Check } from '../../shared/core/check.ts';
import { parsePercent } from '../../shared/core/percent.ts';
import type { Definition, Loosened, Pipeline } from '../../shared/core/pipeline.ts';
import type { World } from '../../shared/ports/world.ts';
import { record } from '../../shared/shell/drain.ts';
import { startRun } from '../../shared/shell/start-run.ts';
import { day, dayCoverage, pipelineOf, requestOf, sameDay, table } from '../core/build.ts';

const NOW = '2026-01-03T04:00:00.000Z';
const signed: Loosened = {
  table: table('a.teams').name,
  check: 'days',
  field: null,
  reason: 'the feed is late',
  who: 'ana',
  until: day('2026-01-02'),
};

function definitionOf(percent: number, more: Partial<Pipeline> = {}): Definition {
  const checks = [{ ...dayCoverage, atLeast: parsePercent(percent) } as Check];
  const pipeline = pipelineOf(table('a.teams', [sameDay('raw.schedule')], { checks }));
  const hash = `d${percent}${JSON.stringify(more).length}`;
  return { pipeline: { ...pipeline, ...more }, hash, text: '{}' };
}

/** A world in which definitions are kept as they are, on a store of its own. */
function world() {
  const kept = new Map<string, Pipeline | null>();
  const runs = sqliteRunStore(openStateFile(':memory:'));
  const w = {
    runs,
    bus: { publish: async () => '1' },
    pipelineOf: async (hash: string) => {
      const pipeline = kept.get(hash);
      if (pipeline == null) throw new TypeError('this was kept by other code');
      return pipeline;
    },
    now: () => NOW,
  } as unknown as World;
  let messages = 0;
  const start = async (definition: Definition, phases = 1) => {
    if (!kept.has(definition.hash)) kept.set(definition.hash, definition.pipeline);
    const request = { ...requestOf(definition.pipeline), phases: [] };
    const message = { request, requestedBy: 'ana', reason: '' };
    const hash = `0a1b2c3${phases}`;
    const { run } = await startRun(w, definition, `m${messages++}`, hash, message);
    const unreadable = { type: 'outcomes-unreadable', round: 1, message: 'x', at: NOW } as const;
    await record(w, run, 'outcomes:1', unreadable);
    return run;
  };
  return { w, kept, start };
}

it('a start message for a definition that promises less than the last run makes no run', async () => {
  const { w, start } = world();
  await start(definitionOf(95));
  const before = await w.runs.list();
  await expect(start(definitionOf(45))).rejects.toMatchObject({
    kind: 'invalid-input',
    message: expect.stringMatching(
      /definition of run tiny-.*\n.*a\.teams days: atLeastPercent 95 → 45/,
    ),
  });
  expect(await w.runs.list()).toEqual(before);
});

it('compares with the last run only, and a tightened definition is the new last', async () => {
  const { w, start } = world();
  await start(definitionOf(45));
  await start(definitionOf(95), 2);
  await expect(start(definitionOf(50), 3)).rejects.toMatchObject({ kind: 'invalid-input' });
  await start(definitionOf(99), 3);
  expect((await w.runs.list()).length).toBe(3);
});

it('counts the last day of a signature in the zone of the pipeline, where it is still the day before', async () => {
  const { w, start } = world();
  await start(definitionOf(95));
  const newYork = definitionOf(45, { loosened: [signed] });
  const utc = definitionOf(45, { loosened: [signed], timeZone: 'UTC' });
  await expect(start(utc, 2)).rejects.toMatchObject({ kind: 'invalid-input' });
  await start(newYork, 2);
  expect((await w.runs.list()).length).toBe(2);
});

it.each([
  ['is taken away', []],
  ['has run out', [{ ...signed, until: day('2026-01-01') }]],
])('asks for what was promised before a signature, once that %s', async (_, loosened) => {
  const { w, start } = world();
  await start(definitionOf(95));
  await start(definitionOf(45, { loosened: [signed] }), 2);
  await start(definitionOf(46, { loosened: [signed] }), 3);
  await expect(start(definitionOf(46, { loosened }), 4)).rejects.toMatchObject({
    kind: 'invalid-input',
    message: expect.stringMatching(/a\.teams days: atLeastPercent 95 → 46/),
  });
  await start(definitionOf(95), 4);
  expect((await w.runs.list()).length).toBe(4);
});

it('does not compare with a run of another pipeline', async () => {
  const { w, start } = world();
  await start(definitionOf(95));
  await start(definitionOf(45, { name: 'other' }));
  expect((await w.runs.list()).length).toBe(2);
});

it('refuses when the last definition cannot be read any more, and says what to do', async () => {
  const { w, kept, start } = world();
  await start(definitionOf(95));
  const other = definitionOf(99);
  kept.set(definitionOf(95).hash, null);
  await expect(start(other, 2)).rejects.toMatchObject({
    kind: 'invalid-input',
    message: expect.stringMatching(/cannot be read any more.*new world/),
  });
  expect((await w.runs.list()).length).toBe(1);
});
