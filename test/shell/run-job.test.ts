import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { launchId, parseTableName } from '../../shared/core/ids.ts';
import { type Fence, runJob } from '../../shared/shell/run-job.ts';
import { RUN, selectTablesOf } from '../core/build.ts';
import { fillTiny, type OpenWarehouse, openWarehouse, TINY } from '../fixtures/tiny-warehouse.ts';

const NAME = parseTableName('analytics.team_games');
let opened: OpenWarehouse;

beforeAll(async () => {
  opened = await openWarehouse(':memory:');
  await fillTiny(opened.warehouse);
});
afterAll(() => opened.server.close());

/** Runs an attempt in chunks of so many days: how it ended, and what it told run history. */
async function run(attempt: number, fence: Fence, { chunkDays = 5, where = '' } = {}) {
  const found = selectTablesOf(TINY.pipeline).find(({ name }) => name === NAME);
  if (found === undefined) throw new Error(`no table ${NAME}`);
  const select = `${found.job.select} ${where}`;
  const table = { ...found, job: { ...found.job, select, chunkDays } };
  const launch = launchId(RUN, NAME, attempt);
  const job = { run: RUN, launch, table, days: parseDaySet('2022-01-01..2022-01-10') };
  const chunks: string[] = [];
  const now = () => new Date().toISOString();
  const tell = ({ from, to }: { from: string; to: string }) => void chunks.push(`${from}..${to}`);
  const end = await runJob(opened.warehouse, job, now, tell, fence);
  const { rows } = await opened.warehouse.query({
    sql: 'SELECT status, COUNT(*) AS days FROM `phasegate.run_history` WHERE launch = @launch GROUP BY status ORDER BY status',
    params: { launch: { type: 'STRING', value: launch } },
  });
  return { end, chunks, history: rows.map(({ status, days }) => [status, days]) };
}

it('a job that has its launch to the end writes every chunk', async () => {
  expect(await run(2, async () => true)).toEqual({
    end: 'ended',
    chunks: ['2022-01-01..2022-01-05', '2022-01-06..2022-01-10'],
    history: [
      ['running', 10],
      ['success', 10],
    ],
  });
});

it('a job whose launch another execution has writes nothing, not even that it runs', async () => {
  expect(await run(3, async () => false)).toEqual({ end: 'fenced', chunks: [], history: [] });
});

it('a job that loses its launch between two chunks writes no more, and calls no day failed', async () => {
  let left = 2;
  expect(await run(4, async () => left-- > 0)).toEqual({
    end: 'fenced',
    chunks: ['2022-01-01..2022-01-05'],
    history: [
      ['running', 10],
      ['success', 5],
    ],
  });
});

it('a job that cannot be told who has its launch writes no more', async () => {
  let asked = 0;
  const fence = async () => {
    if (++asked === 2) throw new Error('nobody answers');
    return true;
  };
  await expect(run(5, fence)).rejects.toThrow('nobody answers');
  expect(await run(5, async () => false)).toMatchObject({ history: [['running', 10]] });
});

it('a job that fails leaves no day running: what it did not come to has failed with it', async () => {
  const where = "AND IF(game_date < '2022-01-04', TRUE, ERROR('no ink'))";
  const failing = run(6, async () => true, { chunkDays: 3, where });
  await expect(failing).rejects.toThrow('no ink');
  const { rows } = await opened.warehouse.query({
    sql: `SELECT data_date AS day, status, message FROM \`phasegate.run_history\` WHERE launch = @launch AND status != 'running' ORDER BY day`,
    params: { launch: { type: 'STRING', value: launchId(RUN, NAME, 6) } },
  });
  const told = rows.map(({ day, status, message }) => [day, status, message]);
  const why = expect.stringMatching(/^(?!the job ended).*no ink/s);
  const notReached = expect.stringMatching(/^the job ended before it came to this day: .*no ink/s);
  expect(told).toEqual([
    ...['01', '02', '03'].map((day) => [`2022-01-${day}`, 'success', null]),
    ...['04', '05', '06'].map((day) => [`2022-01-${day}`, 'failed', why]),
    ...['07', '08', '09', '10'].map((day) => [`2022-01-${day}`, 'failed', notReached]),
  ]);
});

it('a job that fails when another execution has its launch calls no day failed but its own chunk', async () => {
  const where = "AND IF(game_date < '2022-01-04', TRUE, ERROR('no ink'))";
  let left = 3;
  const failing = run(7, async () => left-- > 0, { chunkDays: 3, where });
  await expect(failing).rejects.toThrow('no ink');
  const { history } = await run(7, async () => false);
  expect(history).toEqual([
    ['failed', 3],
    ['running', 10],
    ['success', 3],
  ]);
});
