import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { evidenceKeeper } from '../../shared/adapters/local/evidence-keeper.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { launchId } from '../../shared/core/ids.ts';
import type { GateRequestedMessage } from '../../shared/core/messages.ts';
import { tablesOf } from '../../shared/core/pipeline.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import type { World } from '../../shared/ports/world.ts';
import { assess } from '../../shared/shell/assess.ts';
import { record } from '../../shared/shell/drain.ts';
import { runGate } from '../../shared/shell/run-gate.ts';
import { calendarOf, RUN, requestOf } from '../core/build.ts';
import {
  fillTiny,
  type OpenWarehouse,
  openWarehouse,
  TINY,
  TINY_RANGE,
} from '../fixtures/tiny-warehouse.ts';

const AT = '2026-01-03T04:00:00.000Z';
const [teamGames] = tablesOf(TINY.pipeline);
const asked: GateRequestedMessage = {
  run: RUN,
  round: 1,
  what: 'table',
  table: teamGames!.name,
  attempt: 1,
  look: 0,
};
const past: readonly RunEvent[] = [
  {
    type: 'outcomes-read',
    round: 1,
    calendar: calendarOf('2022-01-01..2022-01-10'),
    outcomes: { [teamGames!.name]: { NEVER_RAN: parseDaySet('2022-01-01..2022-01-10') } },
    at: AT,
  },
  { type: 'job-succeeded', table: teamGames!.name, attempt: 1, at: AT },
];
const requested: RunEvent = {
  type: 'run-requested',
  run: RUN,
  request: requestOf(TINY.pipeline, TINY_RANGE),
  definition: TINY.hash,
  by: 'ana',
  reason: '',
  at: AT,
};

describe('a gate whose statement takes longer than a handler may', () => {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-'));
  const filled = join(directory, 'filled.duckdb');
  let open: OpenWarehouse;

  beforeAll(async () => {
    const first = await openWarehouse(filled);
    await fillTiny(first.warehouse);
    await first.server.close();
  });
  afterEach(() => open.server.close());

  it.each(['schedule', 'kept', 'analytics-team_games-profile'])(
    'says that it waits and for what, and answers from the same job when that is done: %s',
    async (purpose) => {
      const [file, twin] = [`${purpose}.duckdb`, `${purpose}-twin.duckdb`].map((name) => {
        copyFileSync(filled, join(directory, name));
        return join(directory, name);
      });
      const slowJob = await jobOfTheSameGateOn(twin!, purpose);
      open = await openWarehouse(file!);
      const runs = sqliteRunStore(openStateFile(':memory:'));
      const place = join(directory, purpose);
      const world = await waitingForGate(runs, open.warehouse, place);
      const release = open.server.hold(slowJob);

      await waitsFor(slowJob, async () => {
        await runGate(world, asked, 1_000);
        return (await runs.load(RUN))?.state?.waitingFor ?? '';
      });
      expect(await runs.knows(RUN, gateFact)).toBe(false);

      release();
      await runGate(world, asked);
      expect(await runs.knows(RUN, gateFact)).toBe(true);
      const facts = await runs.facts(RUN);
      expect(facts.find(({ id }) => id === gateFact)?.event).toMatchObject({ verdict: 'PASS' });
    },
  );
});

it('no gate judges a table that a launch may still write, and one whose end is known is in nobody’s way', async () => {
  const { server, runs, world } = await judgeable();
  const launch = launchId(RUN, teamGames!.name, 7);
  const day = { from: TINY_RANGE.from, to: TINY_RANGE.from };
  await runs.lock({ table: teamGames!.name, launch, run: RUN, days: [day] }, 1);
  await runGate(world, asked);
  expect(await runs.knows(RUN, gateFact)).toBe(false);
  expect((await runs.load(RUN))?.state?.waitingFor).toBe(`launch ${launch}`);
  const tick: RunEvent = { type: 'clock-ticked', at: AT };
  await record(world, RUN, `${launch}:ended`, tick);
  await runGate(world, asked);
  expect(await runs.knows(RUN, gateFact)).toBe(true);
  await server.close();
});

it('two deliveries of one question at the same instant leave one answer, and none says that its evidence is lost', async () => {
  let asks = 0;
  const { server, runs, world } = await judgeable(() =>
    asks++ < 2 ? AT : `2026-01-03T04:00:00.${String(asks).padStart(3, '0')}Z`,
  );
  const ends = await Promise.allSettled([runGate(world, asked), runGate(world, asked)]);
  const refused = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  expect(refused).toMatchObject([{ kind: 'unavailable' }]);
  const answer = (await runs.facts(RUN)).find(({ id }) => id === gateFact)?.event;
  expect(answer).toMatchObject({ verdict: 'PASS' });
  expect(await world.evidence.store.list()).toHaveLength(1);
  await server.close();
});

/** A filled warehouse, and a run whose first table waits to be judged. */
async function judgeable(now = () => AT) {
  const { server, warehouse } = await openWarehouse(':memory:');
  await fillTiny(warehouse);
  const runs = sqliteRunStore(openStateFile(':memory:'));
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-'));
  return { server, runs, world: await waitingForGate(runs, warehouse, directory, now) };
}

/** The world of a run whose first table waits to be judged. */
async function waitingForGate(
  runs: RunStore,
  warehouse: Warehouse,
  directory: string,
  now = () => AT,
): Promise<World> {
  const parts = {
    runs,
    bus: { publish: async () => '1' },
    warehouse,
    evidence: evidenceKeeper(directory),
    pipelineOf: async () => TINY.pipeline,
    now,
  };
  const world = parts as unknown as World;
  for (const [n, event] of [requested, ...past].entries()) {
    await record(world, RUN, `e${n}`, event);
  }
  return world;
}

const gateFact = `gate:1:${teamGames!.name}:1`;

/** Asks again, as the reconciler does, until the gate waits for this job and no quicker one. */
async function waitsFor(job: string, ask: () => Promise<string>): Promise<void> {
  for (let times = 0; times < 100; times++) {
    if ((await ask()).includes(job)) return;
  }
  throw new Error(`the gate never waited for ${job}`);
}

async function jobOfTheSameGateOn(twin: string, purpose: string): Promise<string> {
  const { server, warehouse } = await openWarehouse(twin);
  const id = `${RUN}-${gateFact}`.replaceAll(/[^A-Za-z0-9]/g, '-');
  const request = { id, relations: [teamGames!], ...TINY_RANGE };
  const { statements } = await assess(warehouse, TINY.pipeline, request, AT);
  await server.close();
  return statements.find((statement) => statement.purpose === purpose)!.jobId;
}
