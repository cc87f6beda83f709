import type { TableName } from '../ids.ts';
import { type ReportedCheck, type RunReport, verdictOfRun } from '../report.ts';
import { counted } from './counted.ts';
import { publishedLines } from './published-lines.ts';
import { doneLine, tableLine, verdictsOf } from './run-lines.ts';
import { signedLines } from './signed-lines.ts';
import { fold } from './wrap.ts';

const SPANS_SHOWN = 8;

/**
 * A report for people, at most 80 columns wide but for commands: the verdict first, then each phase and
 * table with what did not pass, then what to do.
 *
 * @param withdrawn what the verified views lack for its sake, as `withdrawnLines` says it
 */
export function reportLines(
  report: RunReport,
  next: readonly string[],
  withdrawn: readonly string[] = [],
): string[] {
  const { state } = report;
  return [
    ...toldLines(report, withdrawn).flatMap((line) => fold(line)),
    ...next.map((command) => `next: ${command}`),
    doneLine(Object.values(verdictsOf(state))),
  ];
}

function toldLines(report: RunReport, withdrawn: readonly string[]): string[] {
  const { state } = report;
  const { request } = state;
  return [
    `${verdictOfRun(state)}  run ${state.run} ${state.status}`,
    `${request.from}..${request.to}, mode ${request.mode}, definition ${state.definition}`,
    `started ${report.startedAt}${report.endedAt === null ? '' : `, ended ${report.endedAt} (${seconds(report)} s)`}; ${counted(report.launches, 'launch', 'launches')}, ${counted(report.repairs, 'repair')}`,
    ...(state.message === null ? [] : [state.message]),
    ...Object.entries(state.phases).map(([phase, stands]) => `phase ${phase}: ${stands}`),
    '',
    ...Object.entries(state.tables).flatMap(([name, table]) => [
      tableLine(name, table),
      ...checkLines(report.checks.get(name as TableName) ?? []),
    ]),
    ...publishedLines(state),
    ...withdrawn,
    ...signedLines(state),
  ];
}

function checkLines(checks: readonly ReportedCheck[]): string[] {
  if (checks.length === 0) return ['    no gate has judged it'];
  const passed = checks.filter((check) => check.verdict === 'PASS').length;
  return [
    `    ${passed} of ${checks.length} checks pass`,
    ...checks.filter((check) => check.verdict !== 'PASS').flatMap(troubleLines),
  ];
}

function troubleLines({ id, verdict, severity, message, days }: ReportedCheck): string[] {
  const shown = days.slice(0, SPANS_SHOWN).join(', ');
  const more = days.length > SPANS_SHOWN ? ` and ${days.length - SPANS_SHOWN} more spans` : '';
  return [
    `    ${verdict} (${severity}) ${id}: ${message}`,
    ...(days.length === 0 ? [] : [`      on ${shown}${more}`]),
  ];
}

function seconds({ startedAt, endedAt }: RunReport): string {
  return ((Date.parse(endedAt ?? startedAt) - Date.parse(startedAt)) / 1000).toFixed(1);
}
