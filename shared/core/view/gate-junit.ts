import { formatDaySet } from '../day-set.ts';
import { failingRowsOf, samplesOf } from '../failing-rows.ts';
import type { CheckJudgement } from '../judge/facts.ts';
import { weigh } from '../verdict.ts';
import { daySpans } from './day-spans.ts';
import type { GateReport } from './gate-report.ts';

type Judged = GateReport['tables'][number];

/**
 * A gate as JUnit XML, one test suite a table and one test case a check: `failure` is a FAIL,
 * `error` could not be evaluated, `skipped` holds but for its waived days, and what only warns has
 * passed and says so in `system-out`.
 */
export function gateJunit(report: GateReport): string {
  const suites = report.tables.map((table) => suite(report, table));
  const name = `${report.pipeline.name} ${report.from}..${report.to}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXml(name)}">`,
    ...suites,
    '</testsuites>',
  ].join('\n');
}

function suite(report: GateReport, table: Judged): string {
  const { judgement, facts } = table;
  const cases = judgement.checks.map((check) => ({ check, end: endOf(check) }));
  const count = (end: End) => cases.filter((each) => each.end === end).length;
  return [
    `  <testsuite name="${escapeXml(judgement.table)}" tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}" timestamp="${facts.now.slice(0, 19)}">`,
    ...cases.map(({ check, end }) => testCase(report, table, check, end)),
    '  </testsuite>',
  ].join('\n');
}

type End = 'passed' | 'warned' | 'failure' | 'error' | 'skipped';

function endOf({ verdict, severity, waived }: CheckJudgement): End {
  const weighed = weigh(verdict, severity);
  if (weighed === 'FAIL') return 'failure';
  if (weighed === 'UNKNOWN') return 'error';
  if (weighed === 'PASS') return 'passed';
  return waived === undefined ? 'warned' : 'skipped';
}

function testCase(
  { schedule, failingRows }: GateReport,
  { judgement: { table } }: Judged,
  check: CheckJudgement,
  end: End,
): string {
  const { id, kind, message, days } = check;
  const open = `    <testcase classname="${escapeXml(table)}" name="${escapeXml(id)}"`;
  if (end === 'passed') return `${open}/>`;
  const rows = failingRowsOf(failingRows, table, check);
  const detail = [
    message,
    ...(days.length === 0 ? [] : [`days: ${daySpans(schedule.calendar, days)}`]),
    ...(days.length === 0 ? [] : [`every span: ${formatDaySet(days).join(', ')}`]),
    ...samplesOf(failingRows, table, check).map((key) => `sample: ${key}`),
    ...(rows === undefined ? [] : [`rows on which it fails:\n${rows.sql}`]),
  ].join('\n');
  const attributes = `message="${escapeXml(message)}" type="${escapeXml(kind)}"`;
  const inner = {
    warned: `<system-out>${escapeXml(`WARN: ${detail}`)}</system-out>`,
    failure: `<failure ${attributes}>${escapeXml(detail)}</failure>`,
    error: `<error ${attributes}>${escapeXml(detail)}</error>`,
    skipped: `<skipped message="${escapeXml(message)}"/>`,
  }[end];
  return `${open}>\n      ${inner}\n    </testcase>`;
}

/** As XML 1.0 takes text and attributes: markup escaped, characters that it forbids replaced. */
export function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&apos;')
      .replaceAll('\n', '&#10;')
      .replaceAll('\t', '&#9;')
      .replaceAll('\r', '&#13;')
  );
}
