import { decide } from '../../shared/core/decide.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import type { RunState } from '../../shared/core/run.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import type { Committed } from './memory-run-store.ts';

/** How often an event met a table or a run in a state: `table waiting × job-succeeded`. */
export type Cells = Map<string, number>;

export const STATUSES: readonly RunState['status'][] = [
  'reading',
  'live',
  'cancelling',
  'passed',
  'blocked',
  'failed',
  'cancelled',
];

export const TAGS: readonly RunState['tables'][keyof RunState['tables']]['tag'][] = [
  'waiting',
  'launching',
  'running',
  'cancelling',
  'verifying',
  'passed',
  'passed-with-warnings',
  'overridden',
  'blocked',
  'failed',
  'skipped',
];

export const EVENTS: readonly RunEvent['type'][] = [
  'run-requested',
  'outcomes-read',
  'outcomes-unreadable',
  'gate-waiting',
  'launch-confirmed',
  'upstream-changed',
  'job-succeeded',
  'job-failed',
  'gate-judged',
  'roll-called',
  'repair-requested',
  'retry-requested',
  'cancel-requested',
  'pause-requested',
  'resume-requested',
  'override-signed',
  'signed-off',
  'clock-ticked',
];

/** Counts the cells of one commit: several facts are folded one after the other. */
export function countCells(
  cells: Cells,
  pipelineOf: (hash: string) => Pipeline,
  { before, after, events }: Committed,
): void {
  let state = before;
  for (const event of events) {
    if (state !== null) {
      add(cells, `run ${state.status} × ${event.type}`);
      for (const tag of tagsMet(state, event)) add(cells, `table ${tag} × ${event.type}`);
    }
    if (events.length === 1) return;
    state = decide(pipelineOf(after.definition), state, event)?.state ?? state;
  }
}

function tagsMet(state: RunState, event: RunEvent): Iterable<string> {
  if (!('table' in event)) return new Set(Object.values(state.tables).map(({ tag }) => tag));
  const table = state.tables[event.table];
  return table === undefined ? [] : [table.tag];
}

function add(cells: Cells, cell: string): void {
  cells.set(cell, (cells.get(cell) ?? 0) + 1);
}

/** Every cell that there is. */
export function allCells(): readonly string[] {
  return EVENTS.flatMap((event) => [
    ...STATUSES.map((status) => `run ${status} × ${event}`),
    ...TAGS.map((tag) => `table ${tag} × ${event}`),
  ]);
}
