import { decide } from '../../shared/core/decide.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import type { RunState } from '../../shared/core/run.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { TABLE_TAGS } from '../../shared/core/table-state.ts';
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

/** Who tells each event: people, the clock, or those who start runs, plan, launch, work and judge tables and phases. */
const TOLD_BY = {
  'run-requested': 'start',
  'outcomes-read': 'plan',
  'outcomes-unreadable': 'plan',
  'gate-waiting': 'gate',
  'launch-confirmed': 'launch',
  'upstream-changed': 'launch',
  'job-succeeded': 'job',
  'job-failed': 'job',
  'gate-judged': 'gate',
  'roll-called': 'roll',
  'repair-requested': 'people',
  'retry-requested': 'people',
  'cancel-requested': 'people',
  'pause-requested': 'people',
  'resume-requested': 'people',
  'override-signed': 'people',
  'signed-off': 'people',
  'clock-ticked': 'clock',
} as const satisfies Readonly<Record<RunEvent['type'], string>>;

export const EVENTS = Object.keys(TOLD_BY) as readonly RunEvent['type'][];

/** What is found out by each who works for a run. People and the clock move it on by themselves. */
export const FOUND_OUT = (['start', 'plan', 'launch', 'job', 'gate', 'roll'] as const).map(
  (teller) => EVENTS.filter((event) => TOLD_BY[event] === teller),
);

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
    ...TABLE_TAGS.map((tag) => `table ${tag} × ${event}`),
  ]);
}
