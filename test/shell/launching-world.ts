import { join, resolve } from 'node:path';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { childProcessRunner } from '../../shared/adapters/local/child-process-runner.ts';
import { evidenceKeeper } from '../../shared/adapters/local/evidence-keeper.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { dayToken } from '../../shared/core/day-token.ts';
import { parseRunId, type RunId } from '../../shared/core/ids.ts';
import type { LaunchRequestedMessage } from '../../shared/core/messages.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import { isAtRest } from '../../shared/core/run.ts';
import { SYSTEM_TABLES } from '../../shared/core/system-tables.ts';
import type { World } from '../../shared/ports/world.ts';
import { record } from '../../shared/shell/drain.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { calendarOf, pipelineOf, requestOf, sameDay, table } from '../core/build.ts';
import { emptyDirectory } from '../e2e/phasegate.ts';

export const JOB = resolve(import.meta.dirname, '../fixtures/behaving-job.ts');
export const NOW = '2026-01-03T04:00:00.000Z';
export const teams = table('jobs.succeed', [sameDay('raw.schedule')]);
/** Its job goes on until it is stopped. */
export const players = table('jobs.hang', [sameDay('jobs.succeed')], {
  job: {
    kind: 'select',
    select: 'SELECT * FROM `jobs.succeed` WHERE game_date BETWEEN @from AND @to',
    chunkDays: 31,
    writers: 1,
    deadlineMinutes: null,
  },
});
export const [RUN_A, RUN_B] = ['0000000a', '0000000b'].map((hash) =>
  parseRunId(`tiny-20220101-20220131-${hash}`),
) as [RunId, RunId];

export type LaunchingWorld = Awaited<ReturnType<typeof openLaunchingWorld>>;

/** The real store, warehouse and job runner, and a bus that keeps what it is given. */
export async function openLaunchingWorld(writers = 1, bounds: Partial<Pipeline> = {}) {
  const directory = emptyDirectory();
  const written = { ...players, job: { ...players.job, writers } };
  const pipeline = { ...pipelineOf(teams, written), ...bounds };
  const server = await openBigQueryServer({ file: ':memory:' });
  const warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
  await ensureTables(warehouse, pipeline, SYSTEM_TABLES);
  const db = openStateFile(':memory:');
  const published: { topic: string; body: unknown }[] = [];
  const bus: World['bus'] = {
    publish: async (topic, body) => String(published.push({ topic, body })),
  };
  const jobs = await childProcessRunner({
    db,
    bus,
    directory,
    command: [process.execPath, JOB],
    environment: { STARTS_FILE: join(directory, 'starts.txt') },
    definitionFile: async (hash) => join(directory, hash),
  });
  const runs = sqliteRunStore(db);
  const world = {
    runs,
    bus,
    warehouse,
    jobs,
    evidence: evidenceKeeper(directory),
    pipelineOf: async () => pipeline,
    now: () => NOW,
  } as unknown as World;
  const tokenOf = async () =>
    dayToken(await warehouse.dayStates([teams.name]), requestOf(pipeline).to);

  return {
    world,
    runs,
    jobs,
    published,
    stateOf: async (run: RunId) => {
      const state = (await runs.load(run))?.state;
      if (state == null) throw new Error(`${run} has no state`);
      return { table: state.tables[players.name], other: state.tables[teams.name] };
    },
    isAtRest: async (run: RunId) => isAtRest((await runs.load(run))?.state?.status ?? 'live'),
    write: (day: string) =>
      warehouse.append(teams.name, [{ game_date: day, team: 'A', game_id: day, points: 1 }], {
        jobId: `write-${day}`,
      }),

    /** A run whose first table has passed, so that it asks for a launch of the second: on these days. */
    async asksForPlayers(run: RunId, days: string): Promise<LaunchRequestedMessage> {
      const outcomes = {
        [teams.name]: { VERIFIED: calendarOf(days).seasons[0]?.days ?? [] },
        [players.name]: { NEVER_RAN: calendarOf(days).seasons[0]?.days ?? [] },
      };
      const request = requestOf(pipeline);
      const signed = { by: 'ana', reason: '', at: NOW };
      await record(world, run, 'm1', {
        type: 'run-requested',
        run,
        request,
        definition: 'd1',
        startedWith: { pipeline: join(directory, 'pipeline.yaml') },
        ...signed,
      });
      await record(world, run, 'outcomes:1', {
        type: 'outcomes-read',
        round: 1,
        calendar: calendarOf(days),
        outcomes,
        at: NOW,
      });
      await record(world, run, 'gate:1', {
        type: 'gate-judged',
        table: teams.name,
        round: 1,
        attempt: 0,
        look: 0,
        at: NOW,
        verdict: 'PASS',
        badDays: [],
        message: '',
        evidence: 'e1',
        token: await tokenOf(),
      });
      return lastLaunch(run);
    },

    lastLaunch,

    async close() {
      await jobs.close();
      await server.close();
      db.close();
    },
  };

  function lastLaunch(run: RunId): LaunchRequestedMessage {
    const asked = published
      .filter(({ topic }) => topic === 'phasegate-launch-requested')
      .map(({ body }) => body as LaunchRequestedMessage)
      .findLast((message) => message.run === run && !('cancel' in message));
    if (asked === undefined) throw new Error(`run ${run} asked for no launch`);
    return asked;
  }
}
