import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { launchId, parseRunId } from '../../shared/core/ids.ts';
import { SYSTEM_TABLES } from '../../shared/core/system-tables.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { readPastPaces, readToldDays } from '../../shared/shell/read-told-days.ts';
import { recordDays } from '../../shared/shell/record-days.ts';
import { calendarOf, pipelineOf, RUN, requestOf, table } from '../core/build.ts';
import { emptyDirectory } from '../e2e/phasegate.ts';
import { type OpenWarehouse, openWarehouse } from '../fixtures/tiny-warehouse.ts';

const teams = table('a.teams');
const pipeline = pipelineOf(teams);
const EARLIER = parseRunId('tiny-20220101-20220131-00000001');
const calendar = calendarOf('2022-01-01..2022-01-31');
const tables = { [teams.name]: { tag: 'running', attempt: 2 } } as const;
const state = { run: RUN, calendar, request: requestOf(pipeline), tables };

let opened: OpenWarehouse;
beforeAll(async () => {
  opened = await openWarehouse(join(emptyDirectory(), 'warehouse.duckdb'));
  await ensureTables(opened.warehouse, pipeline, SYSTEM_TABLES);
  const says = (run: typeof RUN, attempt: number) => {
    const job = { run, table: teams, launch: launchId(run, teams.name, attempt), days: [] };
    return (second: number, status: 'running' | 'success' | 'failed', days: string) =>
      recordDays(opened.warehouse, job, `2026-01-03T04:00:0${second}.000Z`, {
        status,
        days: parseDaySet(days),
        detail: String(second),
      });
  };
  const before = says(RUN, 1);
  await before(0, 'success', '2022-01-20');
  const now = says(RUN, 2);
  await now(1, 'running', '2022-01-01..2022-01-06');
  await now(3, 'success', '2022-01-01..2022-01-02');
  await now(4, 'success', '2022-01-03');
  await now(5, 'failed', '2022-01-04');
  const earlier = says(EARLIER, 1);
  await earlier(0, 'running', '2022-01-01..2022-01-04');
  await earlier(8, 'success', '2022-01-01..2022-01-04');
});
afterAll(() => opened.server.close());

it('a running launch has told what it wrote, what failed and when, and nothing of an earlier attempt', async () => {
  expect(await readToldDays(opened.warehouse, state)).toEqual(
    new Map([
      [
        teams.name,
        {
          attempt: 2,
          began: '2026-01-03T04:00:01.000Z',
          written: parseDaySet('2022-01-01..2022-01-03'),
          failed: parseDaySet('2022-01-04'),
          strides: [
            { at: '2026-01-03T04:00:03.000Z', days: 2 },
            { at: '2026-01-03T04:00:04.000Z', days: 1 },
          ],
        },
      ],
    ]),
  );
});

it('the pace of a table is that of other runs, not its own', async () => {
  const pace = { low: 2000, middle: 2000, high: 2000 };
  expect(await readPastPaces(opened.warehouse, RUN)).toEqual(new Map([[teams.name, pace]]));
});
