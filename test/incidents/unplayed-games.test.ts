import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { expectedDays } from '../../shared/core/calendar.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { tablesOf } from '../../shared/core/pipeline.ts';
import type { Statement, Warehouse } from '../../shared/ports/warehouse.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { readSchedule } from '../../shared/shell/read-schedule.ts';
import { openWarehouse, TINY, TINY_RANGE } from '../fixtures/tiny-warehouse.ts';

const { pipeline } = TINY;
let server: BigQueryServer;
let warehouse: Warehouse;

beforeAll(async () => {
  ({ server, warehouse } = await openWarehouse(':memory:'));
  await ensureTables(warehouse, pipeline, []);
});
afterAll(() => server.close());

it('nothing is expected of a day whose games were not played', async () => {
  const game = (day: string, game_status: number) => ({
    ...{ game_id: `${day.replaceAll('-', '')}_BBB_AAA`, game_date: day, season_year: 2021 },
    ...{ season_type: 'regular', game_status, home: 'AAA', away: 'BBB' },
  });
  const games = [game('2022-01-01', 3), game('2022-01-02', 1), game('2022-01-03', 2)];
  await warehouse.append(parseTableName('raw.schedule'), games, { jobId: 'games' });
  const { from, to } = TINY_RANGE;
  const read = async (statement: Statement) => (await warehouse.query(statement)).rows;
  const { calendar } = await readSchedule(read, pipeline, tablesOf(pipeline), from, to);
  expect(expectedDays(calendar, [TINY_RANGE], 0)).toEqual(parseDaySet('2022-01-01'));
});
