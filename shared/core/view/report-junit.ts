import type { RunState } from '../run.ts';
import { letsPass } from '../verdict.ts';
import type { JunitCase, JunitEnd, JunitSuite } from './junit.ts';
import { junitXml } from './junit.ts';
import type { ToldReport, ToldRow, ToldTable } from './report-told.ts';

/**
 * A report as JUnit XML, as `gateJunit` of the last gates of its tables. A table that does not pass and of which no
 * check says so is an `error`, as one that no gate has judged; so is such a run: that is neither a pass nor nothing.
 */
export function reportJunit({ report, verdict, tables }: ToldReport): string {
  const { state, startedAt, endedAt } = report;
  const at = endedAt ?? startedAt;
  const suites = tables.map((table): JunitSuite => {
    const cases = table.rows.map(caseOf);
    const isShown = letsPass(table.verdict) ? cases.length > 0 : cases.some(isBad);
    return { table: table.table, at, cases: isShown ? cases : [...cases, untold(table)] };
  });
  const isShown = letsPass(verdict) || suites.some(({ cases }) => cases.some(isBad));
  return junitXml(
    `run ${state.run}`,
    isShown ? suites : [...suites, { table: 'run', at, cases: [unpassed(state)] }],
  );
}

const isBad = ({ end }: JunitCase) => end === 'failure' || end === 'error';

function untold({ rows, state }: ToldTable): JunitCase {
  const judged = rows.length === 0 ? 'no gate has judged it' : 'its last gate is not how it stands';
  return errorOf('judged by a gate', `${judged}; it is ${state.tag}`);
}

function unpassed({ status, message }: RunState): JunitCase {
  return errorOf('passed', `the run is ${status}${message === null ? '' : `: ${message}`}`);
}

function errorOf(id: string, message: string): JunitCase {
  return { id, kind: 'gate', end: 'error', message, detail: message };
}

const END = {
  PASS: 'passed',
  WARN: 'warned',
  FAIL: 'failure',
  UNKNOWN: 'error',
} as const satisfies Record<ToldRow['verdict'], JunitEnd>;

function caseOf({ check, verdict, value, threshold, history }: ToldRow): JunitCase {
  const { id, kind, message, days } = check;
  const detail = [
    message,
    `value: ${value}`,
    `accepted: ${threshold}`,
    `before: ${history}`,
    ...(days.length === 0 ? [] : [`days: ${days.join(', ')}`]),
  ].join('\n');
  return { id, kind, end: END[verdict], message, detail };
}
