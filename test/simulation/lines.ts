import { TABLE_TAGS } from '../../shared/core/table-state.ts';
import { EVENTS, STATUSES } from './coverage.ts';
import { IMPOSSIBLE_CELLS } from './impossible-cells.ts';
import type { Tally } from './tally.ts';
import { judgeCells } from './verdict-on-cells.ts';

/** What a person reads after many stories. */
export function tallyLines(tally: Tally, seconds: number): readonly string[] {
  const { missing, wrong, visited, impossible } = judgeCells(tally.cells);
  return [
    `${tally.runs} runs, ${tally.steps} steps, ${seconds.toFixed(1)} s`,
    `ended: ${counts(tally.ended)}`,
    '',
    'faults by kind',
    ...[...tally.met]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, count]) => `${String(count).padStart(10)}  ${kind}`),
    '',
    'run status × event',
    ...grid('run', STATUSES, tally.cells),
    '',
    'table state × event',
    ...grid('table', TABLE_TAGS, tally.cells),
    '',
    `cells: ${visited} visited, ${impossible} impossible, ${missing.length} missing, ${wrong.length} wrong`,
    ...missing.map((cell) => `  never visited: ${cell}`),
    ...wrong.map((cell) => `  said to be impossible, or unknown: ${cell}`),
    `violations: ${tally.violations.length}`,
  ];
}

function counts(ended: ReadonlyMap<string, number>): string {
  return [...ended].map(([status, count]) => `${status} ${count}`).join(', ');
}

/** One row a state, one column an event: how often, `-` impossible, `.` never. */
function grid(
  what: 'run' | 'table',
  rows: readonly string[],
  cells: ReadonlyMap<string, number>,
): readonly string[] {
  const header = EVENTS.map((event, at) => `${at + 1} ${event}`).join(', ');
  const line = (row: string) =>
    `${row.padEnd(21)}${EVENTS.map((event) => shown(`${what} ${row} × ${event}`, cells).padStart(7)).join('')}`;
  return [
    header,
    `${' '.repeat(21)}${EVENTS.map((_, at) => String(at + 1).padStart(7)).join('')}`,
    ...rows.map(line),
  ];
}

function shown(cell: string, cells: ReadonlyMap<string, number>): string {
  const count = cells.get(cell);
  if (count === undefined) return cell in IMPOSSIBLE_CELLS ? '-' : '.';
  return count < 1_000_000 ? String(count) : `${Math.floor(count / 1_000_000)}M`;
}
