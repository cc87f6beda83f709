import { bridgeForPeople } from '../calendar.ts';
import { type DaySet, formatDaySet } from '../day-set.ts';
import { failingRowsOf, samplesOf } from '../failing-rows.ts';
import type { TableName } from '../ids.ts';
import type { CheckJudgement } from '../judge/facts.ts';
import { denominatorOf } from './gate-denominator.ts';
import { type GateReport, verdictOfGate } from './gate-report.ts';
import { sectionOf } from './gate-sections.ts';

/** The shape of `gate --json`. Days are always spans `a..b`, written over days without games. */
export function gateJson(report: GateReport) {
  const { schedule, tables, failingRows, statements } = report;
  const spans = (days: DaySet) => formatDaySet(bridgeForPeople(schedule.calendar, days));
  const checkJson = (table: TableName, check: CheckJudgement) => {
    const { id, kind, verdict, severity, observed, expected, days, message } = check;
    const rows = failingRowsOf(failingRows, table, check);
    return {
      ...{ id, kind, verdict, severity, observed, expected, days: spans(days), message },
      section: sectionOf(kind),
      samples: samplesOf(failingRows, table, check),
      ...(rows === undefined
        ? {}
        : { failingRows: { sql: rows.sql, params: rows.params, refused: rows.refused } }),
    };
  };
  const judged = tables.map(({ judgement }) => ({
    table: judgement.table,
    verdict: judgement.verdict,
    expectedDays: judgement.expectedDays,
    coveredDays: judgement.coveredDays,
    checks: judgement.checks.map((check) => checkJson(judgement.table, check)),
  }));
  const denominator = denominatorOf(report);
  return {
    verdict: verdictOfGate(report),
    range: `${report.from}..${report.to}`,
    policy: report.policy,
    bytes: statements.reduce((sum, { bytesProcessed }) => sum + bytesProcessed, 0),
    evidence: report.id,
    gate: report.gate,
    definition: report.definition,
    denominator: {
      ...denominator,
      leftOut: denominator.leftOut.map((each) => ({ ...each, days: formatDaySet(each.days) })),
      waivers: denominator.waivers.map((each) => ({ ...each, days: formatDaySet(each.days) })),
    },
    tables: judged,
    crossTable: judged.flatMap(({ table, checks }) =>
      checks
        .filter(({ section }) => section === 'Cross-layer')
        .map((check) => ({ table, ...check })),
    ),
    statements,
    next: report.next,
  };
}
