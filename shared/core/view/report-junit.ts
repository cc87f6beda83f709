import type { JunitCase, JunitEnd, JunitSuite } from './junit.ts';
import { junitXml } from './junit.ts';
import type { ToldReport, ToldRow, ToldTable } from './report-told.ts';

/**
 * A report as JUnit XML, as `gateJunit` of the last gates of its tables. A table that no gate has judged is one case, an
 * `error`: it is neither a pass nor nothing.
 */
export function reportJunit({ report, tables }: ToldReport): string {
  const { state, startedAt, endedAt } = report;
  const at = endedAt ?? startedAt;
  return junitXml(
    `run ${state.run}`,
    tables.map((table): JunitSuite => {
      const cases = table.rows.length === 0 ? [unjudged(table)] : table.rows.map(caseOf);
      return { table: table.table, at, cases };
    }),
  );
}

function unjudged({ state }: ToldTable): JunitCase {
  const message = `no gate has judged it; it is ${state.tag}`;
  return { id: 'judged by a gate', kind: 'gate', end: 'error', message, detail: message };
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
