import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { parsePhaseName, parseTableName } from '../../shared/core/ids.ts';
import { planOf } from '../../shared/core/plan.ts';
import { plannedTables } from '../../shared/core/plan-reasons.ts';
import { RUN_HISTORY, SYSTEM_TABLES, VALIDATION_RUNS } from '../../shared/core/system-tables.ts';
import type { Row } from '../../shared/ports/warehouse.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { readEstimate } from '../../shared/shell/read-estimate.ts';
import { readPastWork } from '../../shared/shell/read-past-work.ts';
import { calendarOf, requestOf } from '../core/build.ts';
import { type OpenWarehouse, openWarehouse, TINY, TINY_RANGE } from '../fixtures/tiny-warehouse.ts';

const NAME = parseTableName('analytics.team_games');
const NIGHT = '2025-11-02T03:00:00.000Z';
const after = (seconds: number) => new Date(Date.parse(NIGHT) + seconds * 1000).toISOString();
const request = { ...requestOf(TINY.pipeline), ...TINY_RANGE, mode: 'missing' } as const;
let opened: OpenWarehouse;
let rows = 0;

beforeAll(async () => {
  opened = await openWarehouse(':memory:');
  await ensureTables(opened.warehouse, TINY.pipeline, SYSTEM_TABLES);
  await append(RUN_HISTORY, [
    ...launch('well', [running(2), { status: 'success', days: 2, seconds: 100 }]),
    ...launch('half', [running(2), { status: 'success', days: 1, seconds: 100 }]),
    ...launch('bad', [running(2), { status: 'failed', days: 2, seconds: 100 }]),
    ...launch('silent', [{ status: 'success', days: 2, seconds: 100 }]),
    ...launch('live', [running(2)]),
  ]);
  await append(VALIDATION_RUNS, [
    gate({ seconds: 7 }),
    gate({ seconds: 3, table_name: null, phase: 'analytics' }),
    gate({ seconds: 1000, run: null }),
    gate({ seconds: 1000, message: 'quota' }),
  ]);
});
afterAll(() => opened.server.close());

function append(table: typeof RUN_HISTORY, given: readonly Row[]): Promise<void> {
  rows += 1;
  return opened.warehouse.append(table.name, given, { jobId: `past-${rows}` });
}

type Word = Readonly<{ status: string; days: number; seconds: number }>;

const running = (days: number): Word => ({ status: 'running', days, seconds: 0 });

function launch(name: string, words: readonly Word[]): readonly Row[] {
  return words.flatMap(({ status, days, seconds }) =>
    Array.from({ length: days }, (_, day) => ({
      run: 'r',
      launch: name,
      table_name: NAME,
      data_date: `2021-01-0${day + 1}`,
      status,
      recorded_at: after(seconds),
    })),
  );
}

function gate({ seconds, ...fields }: Readonly<{ seconds: number }> & Row): Row {
  const counts = ['tables', 'total_checks', 'passed_checks', 'warned_checks', 'failed_checks'];
  return {
    ...Object.fromEntries([...counts, 'unknown_checks'].map((each) => [each, 0])),
    ...{ evidence: `e${seconds}`, evidence_sha256: 's', pipeline: 'tiny', definition: 'd' },
    ...{ policy: 'backfill', range_from: '2022-01-01', range_to: '2022-01-10', verdict: 'PASS' },
    ...{ bytes_predicted: 0, bytes_processed: 0, bytes_billed: 30 },
    ...{ started_at: NIGHT, ended_at: after(seconds), code_version: 'c' },
    ...{ requested_by: 'ana', judged_on: '2025-11-02' },
    ...{ run: 'r', table_name: NAME, phase: null, message: null },
    ...fields,
  };
}

it('what a launch took is told of those that said how they began and wrote all their days', async () => {
  const { launches } = await readPastWork(opened.warehouse, TINY.pipeline, [NAME], 'launches');
  expect([...launches]).toEqual([[NAME, [{ days: 2, amount: 100, at: NIGHT }]]]);
});

it('what a gate took is told of those of runs that judged, by table and by phase', async () => {
  const { gates } = await readPastWork(opened.warehouse, TINY.pipeline, [NAME], 'gates');
  expect([...gates.keys()].sort()).toEqual(['analytics', NAME]);
  expect(gates.get(NAME)).toEqual([
    {
      seconds: { days: 10, amount: 7, at: NIGHT },
      bytes: { days: 10, amount: 30, at: NIGHT },
    },
  ]);
  expect(gates.get(parsePhaseName('analytics'))).toMatchObject([{ seconds: { amount: 3 } }]);
});

it('a plan is estimated from them and from dry runs; a history that cannot be read makes it unknown, and says why', async () => {
  const now = new Date().toISOString();
  const { warehouse } = opened;
  const calendar = calendarOf(`${TINY_RANGE.from}..${TINY_RANGE.to}`);
  const { pipeline } = TINY;
  const outcomes = { [NAME]: { NEVER_RAN: parseDaySet('2022-01-01..2022-01-10') } };
  const days = planOf(pipeline, request, 'missing', calendar, outcomes, new Map());
  const plan = { calendar, tables: plannedTables(pipeline, request, calendar, outcomes, days) };
  const known = await readEstimate(warehouse, pipeline, request, plan, 'known', now);
  expect(known).toMatchObject({
    unread: null,
    seconds: null,
    tables: [{ table: NAME, gate: { middle: 7 } }, { gate: null }],
    phases: [{ unknown: [] }, { seconds: null }],
  });
  expect(known.jobBytes.get(NAME)?.bytes).toBeGreaterThanOrEqual(10 * 2 ** 20);
  const capped = { ...pipeline, maximumBytesPerQuery: 1 };
  const none = await readEstimate(warehouse, capped, request, plan, 'capped', now);
  expect(none).toMatchObject({ tables: [{ job: null }, { job: null }], seconds: null });
  expect(none.unread).toContain('bytes');
});
