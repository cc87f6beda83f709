import { afterAll, beforeAll, expect, it } from 'vitest';
import { SYSTEM_TABLES, VALIDATION_RESULTS } from '../../shared/core/system-tables.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { formerChecks } from '../../shared/shell/read-former-checks.ts';
import { day, pipelineOf, table } from '../core/build.ts';
import { type OpenWarehouse, openWarehouse } from '../fixtures/tiny-warehouse.ts';

const RANGE = { from: day('2022-01-01'), to: day('2022-01-31') };
const BEFORE = '2026-01-03T04:00:00.000Z';

let opened: OpenWarehouse;
beforeAll(async () => {
  opened = await openWarehouse(':memory:');
  await ensureTables(opened.warehouse, pipelineOf(table('a.teams')), SYSTEM_TABLES);
  const kept = (judged_at: string, observed: string, range_to = '2022-01-31') => ({
    evidence: observed,
    run: null,
    table_name: 'a.teams',
    position: 1,
    check_id: 'filled',
    kind: 'not-null',
    severity: 'block',
    verdict: 'FAIL',
    observed,
    expected: '',
    days: '',
    message: '',
    range_from: '2022-01-01',
    range_to,
    judged_on: judged_at.slice(0, 10),
    judged_at,
  });
  const rows = [
    kept('2026-01-01T04:00:00.000Z', 'older'),
    kept('2026-01-03T03:00:00.000Z', 'the last'),
    kept('2026-01-03T03:30:00.000Z', 'of another range', '2022-01-30'),
    kept('2026-01-03T05:00:00.000Z', 'later'),
  ];
  await opened.warehouse.append(VALIDATION_RESULTS.name, rows, { jobId: 'kept' });
});
afterAll(() => opened.server.close());

it('the check before is that of the last gate over the same range, and of none that came later', async () => {
  const former = { verdict: 'FAIL', observed: 'the last' };
  expect(await formerChecks(opened.warehouse, RANGE, BEFORE)).toEqual(
    new Map([['a.teams filled', former]]),
  );
});
