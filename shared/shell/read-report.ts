import type { RunId, TableName } from '../core/ids.ts';
import { mendedRefusals, setGoingAgain } from '../core/refusals.ts';
import type { ReportedCheck, RunReport } from '../core/report.ts';
import type { RunEvent } from '../core/run-event.ts';
import { VALIDATION_RESULTS } from '../core/system-tables.ts';
import type { RunStore } from '../ports/run-store.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { quoteTable } from '../sql/quote.ts';
import { formerChecks } from './read-former-checks.ts';

/** What a run left behind: its state, its story and the checks of each table's last gate. Null for an unknown run. */
export async function readReport(
  runs: RunStore,
  warehouse: Warehouse,
  run: RunId,
): Promise<RunReport | null> {
  const state = await runs.state(run);
  if (state == null) return null;
  const events = (await runs.facts(run)).map((fact) => fact.event);
  const evidence = lastEvidence(events);
  const looked = events.findLast(({ type }) => type === 'outcomes-read')?.at;
  const startedAt = events[0]?.at ?? '';
  const [checks, former] = await Promise.all([
    readChecks(warehouse, run, events),
    formerChecks(warehouse, state.request, looked ?? startedAt),
  ]);
  const requested = events.find((event) => event.type === 'run-requested');
  return {
    state,
    startedAt,
    endedAt: state.endedAt,
    repairs: state.repairs.inAll,
    launches: events.filter(({ type }) => type === 'launch-confirmed').length,
    checks: new Map(
      [...checks].map(([table, own]) => [
        table,
        own.map((check) => ({ ...check, former: former.get(`${table} ${check.id}`) ?? null })),
      ]),
    ),
    evidence,
    refused: mendedRefusals(state, events),
    again: setGoingAgain(events),
    ...(requested === undefined ? {} : { asked: { by: requested.by, reason: requested.reason } }),
  };
}

/** The evidence of the last gate that judged each table. */
function lastEvidence(events: readonly RunEvent[]): ReadonlyMap<TableName, string> {
  const evidence = new Map<TableName, string>();
  for (const event of events) {
    if (event.type === 'gate-judged') evidence.set(event.table, event.evidence);
    if (event.type === 'roll-called') {
      for (const [table, verdict] of Object.entries(event.tables)) {
        evidence.set(table as TableName, verdict.evidence);
      }
    }
  }
  return evidence;
}

/** What each check said at the last gate of its table: one query, of all that gates of the run kept. */
export async function readChecks(
  warehouse: Warehouse,
  run: RunId,
  events: readonly RunEvent[],
): Promise<RunReport['checks']> {
  const evidence = lastEvidence(events);
  const { rows } = await warehouse.query({
    sql: [
      'SELECT evidence, table_name, check_id, kind, severity, verdict, observed, expected, days, message',
      `FROM ${quoteTable(VALIDATION_RESULTS.name)}`,
      'WHERE run = @run',
      'ORDER BY table_name, position',
    ].join('\n'),
    params: { run: { type: 'STRING', value: run } },
  });
  const checks = new Map<TableName, ReportedCheck[]>();
  for (const row of rows) {
    const table = row.table_name as TableName;
    if (evidence.get(table) !== row.evidence) continue;
    const text = (column: string) => String(row[column] ?? '');
    const check: ReportedCheck = {
      id: text('check_id'),
      kind: text('kind'),
      severity: row.severity as ReportedCheck['severity'],
      verdict: row.verdict as ReportedCheck['verdict'],
      observed: text('observed'),
      expected: text('expected'),
      days: text('days')
        .split(',')
        .filter((span) => span !== ''),
      message: text('message'),
    };
    checks.set(table, [...(checks.get(table) ?? []), check]);
  }
  return checks;
}
