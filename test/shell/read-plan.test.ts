import { afterAll, beforeAll, expect, it } from 'vitest';
import { normalize } from '../../shared/core/day-set.ts';
import { launchId, parseTableName } from '../../shared/core/ids.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { readPlan } from '../../shared/shell/read-plan.ts';
import { runJob } from '../../shared/shell/run-job.ts';
import { RUN, requestOf, selectTablesOf } from '../core/build.ts';
import {
  fillTiny,
  type OpenWarehouse,
  openWarehouse,
  TINY,
  TINY_RANGE,
} from '../fixtures/tiny-warehouse.ts';

const NAME = parseTableName('analytics.team_games');
const request = { ...requestOf(TINY.pipeline), ...TINY_RANGE };
const now = () => new Date().toISOString();
let opened: OpenWarehouse;

beforeAll(async () => {
  opened = await openWarehouse(':memory:');
  await fillTiny(opened.warehouse);
  await emptyIt(opened.warehouse, 2);
});
afterAll(() => opened.server.close());

/** Writes every day of the table, with the rows that its SELECT gives where this holds. */
async function write(warehouse: Warehouse, attempt: number, where: string) {
  const found = selectTablesOf(TINY.pipeline).find(({ name }) => name === NAME)!;
  const table = { ...found, job: { ...found.job, select: `${found.job.select} AND ${where}` } };
  const launch = launchId(RUN, NAME, attempt);
  const job = { run: RUN, launch, table, days: normalize([TINY_RANGE]) };
  await runJob(warehouse, job, now, () => undefined);
}

const emptyIt = (warehouse: Warehouse, attempt: number) => write(warehouse, attempt, 'FALSE');

/** Why the plan of this reading writes days of the table. */
async function reasons(warehouse: Warehouse, id: string) {
  const { tables } = await readPlan(warehouse, TINY, request, { id }, now());
  return tables.find(({ table }) => table === NAME)?.why;
}

it('a day whose job said success and wrote nothing is told as such', async () => {
  expect(await reasons(opened.warehouse, 'empty')).toEqual([
    { outcome: 'EMPTY_SUSPECT', days: normalize([TINY_RANGE]) },
  ]);
});

it('a day that a job wrote while it was read was running, and is never told as a success without rows', async () => {
  let isWritten = false;
  const racing: Warehouse = {
    ...opened.warehouse,
    dayStates: async (tables) => {
      const states = await opened.warehouse.dayStates(tables);
      if (!isWritten) {
        isWritten = true;
        await write(opened.warehouse, 3, "game_date < '2022-01-06'");
      }
      return states;
    },
  };
  expect(await reasons(racing, 'racing')).toEqual([
    { outcome: 'RUNNING', days: [{ from: '2022-01-01', to: '2022-01-05' }] },
    { outcome: 'EMPTY_SUSPECT', days: [{ from: '2022-01-06', to: '2022-01-10' }] },
  ]);
});
