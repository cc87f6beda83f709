import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { launchId } from '../../shared/core/ids.ts';
import { SYSTEM_TABLES } from '../../shared/core/system-tables.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { recordDays } from '../../shared/shell/record-days.ts';
import { remainingDays } from '../../shared/shell/remaining-days.ts';
import { RUN } from '../core/build.ts';
import { allDays, pipeline, teams } from '../core/run-story.ts';
import { openWarehouse } from '../fixtures/tiny-warehouse.ts';

let server: BigQueryServer;
let warehouse: Warehouse;

beforeAll(async () => {
  ({ server, warehouse } = await openWarehouse(':memory:'));
  await ensureTables(warehouse, pipeline, SYSTEM_TABLES);
});
afterAll(() => server.close());

/** What this attempt says of these days. */
async function says(attempt: number, status: 'running' | 'success' | 'failed', days: string) {
  const launch = launchId(RUN, teams.name, attempt);
  const said = { status, days: parseDaySet(days), detail: days.replaceAll('.', '-') };
  const job = { run: RUN, launch, table: teams, days: said.days };
  await recordDays(warehouse, job, '2026-01-03T04:00:00.000Z', said);
}

const left = (attempt: number, firstAttempt: number) =>
  remainingDays(warehouse, {
    ...{ run: RUN, table: teams.name, attempt, firstAttempt, days: allDays },
    launch: launchId(RUN, teams.name, attempt),
  });

it('what is done is kept day by day: workers end in any order, and a day that failed before the last is left', async () => {
  await says(1, 'running', '2022-01-01..2022-01-05');
  await says(1, 'success', '2022-01-05');
  await says(1, 'success', '2022-01-02');
  await says(1, 'failed', '2022-01-03');
  expect(await left(2, 1)).toEqual(parseDaySet('2022-01-01,2022-01-03..2022-01-04'));
  await says(2, 'success', '2022-01-03');
  expect(await left(3, 1)).toEqual(parseDaySet('2022-01-01,2022-01-04'));
});

it('work that is new takes nothing for done that earlier work has written', async () => {
  expect(await left(3, 3)).toEqual(allDays);
  expect(await left(4, 3)).toEqual(allDays);
});
