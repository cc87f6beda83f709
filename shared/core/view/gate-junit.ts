import { formatDaySet } from '../day-set.ts';
import { failingRowsOf, samplesOf } from '../failing-rows.ts';
import type { CheckJudgement } from '../judge/facts.ts';
import { weigh } from '../verdict.ts';
import { daySpans } from './day-spans.ts';
import type { GateReport } from './gate-report.ts';
import { type JunitCase, type JunitEnd, junitXml } from './junit.ts';

type Judged = GateReport['tables'][number];

/**
 * A gate as JUnit XML, one test suite a table and one test case a check: `failure` is a FAIL,
 * `error` could not be evaluated, `skipped` holds but for its waived days, and what only warns has
 * passed and says so in `system-out`.
 */
export function gateJunit(report: GateReport): string {
  const suites = report.tables.map((judged) => ({
    table: judged.judgement.table,
    at: judged.facts.now,
    cases: judged.judgement.checks.map((check) => caseOf(report, judged, check)),
  }));
  return junitXml(`${report.pipeline.name} ${report.from}..${report.to}`, suites);
}

function endOf({ verdict, severity, waived }: CheckJudgement): JunitEnd {
  const weighed = weigh(verdict, severity);
  if (weighed === 'FAIL') return 'failure';
  if (weighed === 'UNKNOWN') return 'error';
  if (weighed === 'PASS') return 'passed';
  return waived === undefined ? 'warned' : 'skipped';
}

function caseOf(
  { schedule, failingRows }: GateReport,
  { judgement: { table } }: Judged,
  check: CheckJudgement,
): JunitCase {
  const { id, kind, message, days } = check;
  const rows = failingRowsOf(failingRows, table, check);
  const detail = [
    message,
    ...(days.length === 0 ? [] : [`days: ${daySpans(schedule.calendar, days)}`]),
    ...(days.length === 0 ? [] : [`every span: ${formatDaySet(days).join(', ')}`]),
    ...samplesOf(failingRows, table, check).map((key) => `sample: ${key}`),
    ...(rows === undefined ? [] : [`rows on which it fails:\n${rows.sql}`]),
  ].join('\n');
  return { id, kind, end: endOf(check), message, detail };
}
