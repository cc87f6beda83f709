import { formatDaySet } from '../core/day-set.ts';
import type { Finding, MonitorRun } from '../core/monitor/finding.ts';
import type { Monitor } from '../core/monitor/monitor.ts';
import type { Row } from '../ports/warehouse.ts';

/** A run of a monitor as `phasegate.monitor_results` keeps it. */
export function resultRow(
  { name, judges }: Monitor,
  run: MonitorRun,
  findings: readonly Finding[],
  definition: string,
): Row {
  return {
    monitor: name,
    judges: judges.what,
    definition,
    due_at: run.due,
    started_at: run.startedAt,
    ended_at: run.endedAt,
    verdict: run.verdict,
    message: run.message,
    findings: run.findings,
    found: JSON.stringify(findings.map((each) => ({ ...each, days: formatDaySet(each.days) }))),
    evidence: run.evidence,
    due_on: run.due.slice(0, 10),
  };
}
