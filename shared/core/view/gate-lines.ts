import { stepLines } from '../explain/explain-lines.ts';
import { failingRowsOf, samplesOf } from '../failing-rows.ts';
import type { CheckJudgement, TableJudgement } from '../judge/facts.ts';
import { formatShare } from '../percent.ts';
import { type Verdict, weigh, worst } from '../verdict.ts';
import { counted } from './counted.ts';
import { daySpans } from './day-spans.ts';
import { expectedLines } from './gate-expected-lines.ts';
import { type GateReport, verdictOfGate } from './gate-report.ts';
import { SECTIONS, type Section, sectionOf } from './gate-sections.ts';
import { wrap } from './wrap.ts';

export const SYMBOL: Readonly<Record<Verdict, string>> = {
  PASS: '✓',
  WARN: '⚠',
  FAIL: '✗',
  UNKNOWN: '?',
};
const HEADING = 20;
const NAME = 42;
/** Checks of one table told in a section; the rest is counted. */
const TOLD = 8;

/**
 * A gate for people, at most 80 columns wide: what was expected, then each kind of promise, the roll
 * call, and what to do. Checks that hold are counted, and so is what could not be shown of tables of
 * which nothing is expected; `isVerbose` tells each check, and the queries that find failing rows.
 */
export function gateLines(report: GateReport, isVerbose: boolean): string[] {
  const verdict = verdictOfGate(report);
  return [
    ...expectedLines(report),
    ...SECTIONS.flatMap((section) => ['', ...sectionLines(report, section, isVerbose)]),
    '',
    heading('Overall', `${SYMBOL[verdict]} ${verdict}`),
    ...report.tables.map(({ judgement }) => rollCallLine(judgement)),
    heading('Evidence', report.id),
    ...stepLines(report.next),
    '',
  ];
}

/** `44 of 58 checks hold, 13 fail, 1 unknown`. */
export function tally(checks: readonly CheckJudgement[]): string {
  const weighed = checks.map(({ verdict, severity }) => weigh(verdict, severity));
  const count = (wanted: Verdict) => weighed.filter((verdict) => verdict === wanted).length;
  const parts = [
    `${count('PASS')} of ${counted(checks.length, 'check')} hold`,
    ...(count('FAIL') === 0 ? [] : [`${count('FAIL')} fail`]),
    ...(count('UNKNOWN') === 0 ? [] : [`${count('UNKNOWN')} unknown`]),
    ...(count('WARN') === 0 ? [] : [`${count('WARN')} warn`]),
  ];
  return parts.join(', ');
}

function sectionLines(report: GateReport, section: Section, isVerbose: boolean): string[] {
  const parts = report.tables
    .map(({ judgement }) => ({
      judgement,
      checks: judgement.checks.filter(({ kind }) => sectionOf(kind) === section),
    }))
    .filter(({ checks }) => checks.length > 0);
  const all = parts.flatMap(({ checks }) => checks);
  if (all.length === 0) return [heading(section, '· no check of this sort')];
  const days =
    section === 'Counts'
      ? `; ${formatShare(sum(report, 'coveredDays'), sum(report, 'expectedDays'))} days have rows`
      : '';
  const mark = SYMBOL[worst(all.map(({ verdict, severity }) => weigh(verdict, severity)))];
  return [
    ...wrap(`${mark} ${tally(all)}${days}`, heading(section, '')),
    ...parts.flatMap(({ judgement, checks }) => {
      const isExpected = judgement.expectedDays > 0;
      const trouble = checks.filter(
        ({ verdict }) => isVerbose || (verdict !== 'PASS' && (isExpected || verdict !== 'UNKNOWN')),
      );
      if (trouble.length === 0) return [];
      const told = isVerbose ? trouble.length : judgement.coveredDays > 0 ? TOLD : 1;
      const shown = trouble.length > told + 1 ? trouble.slice(0, told) : trouble;
      const left = trouble.length - shown.length;
      return [
        `  ${judgement.table}`,
        ...shown.flatMap((check) => checkLines(report, judgement, check, isVerbose)),
        ...(left === 0 ? [] : [`    … and ${left} more that do not hold; --verbose tells them`]),
      ];
    }),
  ];
}

function checkLines(
  { schedule, failingRows }: GateReport,
  { table }: TableJudgement,
  check: CheckJudgement,
  isVerbose: boolean,
): string[] {
  const { id, message, days } = check;
  const mark = SYMBOL[weigh(check.verdict, check.severity)];
  const rows = failingRowsOf(failingRows, table, check);
  const keys = check.samples === undefined ? samplesOf(failingRows, table, check) : [];
  return [
    ...wrap(`${id}: ${message}`, `    ${mark} `),
    ...(days.length === 0 ? [] : wrap(`on ${daySpans(schedule.calendar, days)}`, '      ')),
    ...keys.slice(0, isVerbose ? keys.length : 2).flatMap((key) => wrap(key, '      e.g. ')),
    ...(rows?.refused == null ? [] : wrap(`no sample rows: ${rows.refused}`, '      ')),
    ...(rows === undefined || !isVerbose
      ? []
      : [
          '      rows on which it fails:',
          ...rows.sql.split('\n').map((line) => `        ${line}`),
        ]),
  ];
}

function rollCallLine({ table, verdict, coveredDays, expectedDays, checks }: TableJudgement) {
  const held = checks.filter((check) => check.verdict === 'PASS').length;
  const told = `${coveredDays}/${expectedDays} days ${held}/${checks.length} checks`;
  return `  ${SYMBOL[verdict]} ${table.padEnd(NAME)} ${verdict.padEnd(7)} ${told}`;
}

function heading(title: string, text: string): string {
  return `${title.padEnd(HEADING)}${text}`;
}

function sum({ tables }: GateReport, what: 'coveredDays' | 'expectedDays'): number {
  return tables.reduce((total, { judgement }) => total + judgement[what], 0);
}
