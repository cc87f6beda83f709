import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RUN_HISTORY, VALIDATION_RUNS } from '../../shared/core/system-tables.ts';
import type { Row } from '../../shared/ports/warehouse.ts';
import { runMonitor } from '../../shared/shell/run-monitor.ts';
import { type MonitoringWorld, monitorOf, openMonitoringWorld } from './monitoring-world.ts';

const GIB = 2 ** 30;
const COST = monitorOf('cost', {
  what: 'cost',
  perDay: { bytes: 100 * GIB, loadJobs: 10, jobMinutes: 60 },
});
let w: MonitoringWorld;
let rows = 0;
beforeEach(async () => {
  w = await openMonitoringWorld([COST]);
});
afterEach(() => w.close());

function append(table: { name: unknown }, row: Row): Promise<void> {
  rows += 1;
  return w.warehouse.append(table.name as never, [row], { jobId: `spent-${rows}` });
}

/** A gate of this day that was billed for so much. */
function gate(day: string, bytes: number): Promise<void> {
  const counts = {
    tables: 1,
    total_checks: 1,
    passed_checks: 1,
    warned_checks: 0,
    failed_checks: 0,
    unknown_checks: 0,
  };
  const at = `${day}T10:00:00.000Z`;
  return append(VALIDATION_RUNS, {
    evidence: `e${rows}`,
    evidence_sha256: 's',
    pipeline: 'tiny',
    definition: 'd',
    policy: 'backfill',
    range_from: day,
    range_to: day,
    verdict: 'PASS',
    ...counts,
    bytes_predicted: bytes,
    bytes_processed: bytes,
    bytes_billed: bytes,
    started_at: at,
    ended_at: at,
    code_version: 'c',
    requested_by: 'ana',
    judged_on: day,
  });
}

function launch(day: string, minutes: number): Promise<unknown> {
  const at = (minute: number) =>
    new Date(Date.parse(`${day}T10:00:00Z`) + minute * 60_000).toISOString();
  const row = { run: 'r', launch: `l${rows}`, table_name: 'a.b', data_date: '2022-01-01' };
  return append(RUN_HISTORY, { ...row, status: 'running', recorded_at: at(0) }).then(() =>
    append(RUN_HISTORY, { ...row, status: 'success', recorded_at: at(minutes) }),
  );
}

async function look(at: string) {
  w.clock.now = at;
  await runMonitor(w.monitoring, `m-${at}`, { monitor: 'cost', due: at });
  const alerts = w.heard().map(({ key, text, severity }) => {
    return { cause: key.split('/').slice(2, -2).join('/'), severity, text };
  });
  return { alerts, last: await w.last('cost') };
}

describe('a monitor of costs', () => {
  it('warns above four fifths of what a day may cost, and is louder above it', async () => {
    await gate('2031-01-10', 79 * GIB);
    expect((await look('2031-01-10T12:00:00.000Z')).alerts).toEqual([]);
    await gate('2031-01-10', GIB);
    const near = await look('2031-01-10T13:00:00.000Z');
    expect(near.alerts).toMatchObject([{ cause: 'cost/bytes', severity: 'warning' }]);
    expect(near.alerts[0]?.text).toContain('2031-01-10: 80.0 GiB; accepted: 100.0 GiB');
    await gate('2031-01-10', 21 * GIB);
    const over = await look('2031-01-11T13:00:00.000Z');
    expect(over.alerts).toMatchObject([{ cause: 'cost/bytes', severity: 'error' }]);
    expect(over.alerts[0]?.text).toContain('counted is what Phasegate did itself');
  });

  it('does not take the sum of a week for a day, and names both', async () => {
    for (const n of [4, 5, 6, 7, 8, 9]) await gate(`2031-01-0${n}`, 70 * GIB);
    const { alerts, last } = await look('2031-01-10T12:00:00.000Z');
    expect(alerts).toEqual([]);
    expect(last?.message).toContain('since 2031-01-09 70.0 GiB billed');
    expect(last?.message).toContain('in 7 days 420.0 GiB billed');
  });

  it('counts the load jobs into each table of ours: so many stop all that is to be kept', async () => {
    for (let n = 0; n < 8; n++) await gate('2031-01-10', 1);
    const { alerts } = await look('2031-01-10T12:00:00.000Z');
    expect(alerts).toMatchObject([{ cause: `cost/load-jobs/${VALIDATION_RUNS.name}` }]);
    expect(alerts[0]?.text).toContain('8 load jobs; accepted: 10 load jobs');
  });

  it('adds up the minutes that jobs took, each launch on the day on which it began', async () => {
    await launch('2031-01-09', 25);
    await launch('2031-01-10', 30);
    const { alerts, last } = await look('2031-01-10T12:00:00.000Z');
    expect(alerts).toEqual([]);
    expect(last?.message).toContain('55 minutes of jobs');
    await launch('2031-01-10', 31);
    expect((await look('2031-01-10T13:00:00.000Z')).alerts).toMatchObject([
      { cause: 'cost/job-minutes', severity: 'error' },
    ]);
  });

  it('is idle where nothing is kept of these days', async () => {
    expect((await look('2031-06-10T12:00:00.000Z')).last).toMatchObject({ verdict: 'IDLE' });
  });
});
