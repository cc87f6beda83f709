import { countDays } from '../day-set.ts';
import type { TableName } from '../ids.ts';
import type { RunState } from '../run.ts';
import type { TableState } from '../table-state.ts';
import type { Verdict } from '../verdict.ts';
import { counted } from './counted.ts';
import { publishedLines } from './published-lines.ts';
import { signedLines } from './signed-lines.ts';

export const TABLE_SYMBOL: Readonly<Record<TableState['tag'], string>> = {
  waiting: '○',
  launching: '▷',
  running: '▷',
  cancelling: '▷',
  verifying: '▷',
  passed: '✓',
  'passed-with-warnings': '⚠',
  overridden: '⚠',
  blocked: '✗',
  failed: '✗',
  skipped: '·',
};

/** One line a table: symbol, name, state and what it is about. */
export function tableLine(name: string, table: TableState): string {
  return `${TABLE_SYMBOL[table.tag]} ${name.padEnd(46)} ${table.tag}${detailOf(table)}`;
}

/** A run in one line: its status and what it was asked for. */
export function runLine({
  run,
  status,
  request,
  round,
}: Pick<RunState, 'run' | 'status' | 'request' | 'round'>): string {
  const { from, to, mode, phases } = request;
  return `run ${run}: ${status} · ${from}..${to} · ${phases.join(', ')} · mode ${mode} · round ${round}`;
}

export function runLines(state: RunState): string[] {
  return [
    runLine(state),
    `definition ${state.definition}${state.version === undefined ? '' : `, asked for at version ${state.version}`}`,
    ...Object.entries(state.tables).map(([name, table]) => tableLine(name, table)),
    ...publishedLines(state),
    ...signedLines(state),
    ...(state.waitingFor == null ? [] : [`a gate waits for ${state.waitingFor}`]),
    ...(state.message === null || state.status === 'live' ? [] : [state.message]),
  ];
}

/** The verdicts of a run's tables; what has none yet, or never got its turn, is UNKNOWN. */
export function verdictsOf(state: RunState): Readonly<Record<TableName, Verdict>> {
  const verdicts: Record<TableName, Verdict> = {};
  for (const [name, table] of Object.entries(state.tables)) {
    verdicts[name as TableName] = verdictOf(table);
  }
  return verdicts;
}

/** The closing line of every text output: how many tables got which verdict. */
export function doneLine(verdicts: readonly Verdict[]): string {
  const count = (wanted: Verdict) => verdicts.filter((verdict) => verdict === wanted).length;
  return `Done. PASS=${count('PASS')} WARN=${count('WARN')} FAIL=${count('FAIL')} UNKNOWN=${count('UNKNOWN')}`;
}

function verdictOf(table: TableState): Verdict {
  switch (table.tag) {
    case 'passed':
      return 'PASS';
    case 'passed-with-warnings':
    case 'overridden':
      return 'WARN';
    case 'blocked':
      return table.verdict;
    case 'failed':
      return 'FAIL';
    default:
      return 'UNKNOWN';
  }
}

const onDays = (days: number) => (days === 0 ? '' : ` on ${counted(days, 'day')}`);

function detailOf(table: TableState): string {
  switch (table.tag) {
    case 'waiting': {
      const days = countDays(table.days);
      const pause = table.notBefore === null ? '' : `, not before ${table.notBefore}`;
      return days === 0 ? '' : `, ${counted(days, 'day')} to write${pause}`;
    }
    case 'launching':
    case 'running':
      return `, ${counted(countDays(table.days), 'day')}, attempt ${table.attempt}`;
    case 'cancelling':
      return `, attempt ${table.attempt}: ${table.message}`;
    case 'overridden':
      return ` by ${table.by} until ${table.until}: ${table.reason}`;
    case 'blocked':
      return `: ${table.verdict}${onDays(countDays(table.badDays))}: ${table.message}`;
    case 'failed':
    case 'skipped':
      return `: ${table.message}`;
    default:
      return '';
  }
}
