import type { PhaseName, TableName } from '../core/ids.ts';
import type { Table } from '../core/pipeline.ts';
import type { PhaseState, RunState } from '../core/run.ts';
import { hasPassed, isBusy } from '../core/table-state.ts';
import { counted } from '../core/view/counted.ts';
import { html, type Markup } from './markup.ts';

/** How far the tables of one phase are. */
export type PhaseProgress = Readonly<{
  phase: PhaseName;
  stands: PhaseState;
  passed: number;
  busy: number;
  of: number;
}>;

/** @param tables those of the run, by which each is known to be of its phase */
export function progressOf(
  { phases, tables: states }: Pick<RunState, 'phases' | 'tables'>,
  tables: readonly Pick<Table, 'name' | 'phase'>[],
): readonly PhaseProgress[] {
  return Object.entries(phases).map(([phase, stands]) => {
    const own = tables.filter((table) => table.phase === phase).map(({ name }) => states[name]);
    return {
      phase: phase as PhaseName,
      stands,
      passed: own.filter(hasPassed).length,
      busy: own.filter((state) => isBusy(state) || state?.tag === 'verifying').length,
      of: own.length,
    };
  });
}

/** A bar a phase, with the same in words. */
export function progressBars(phases: readonly PhaseProgress[]): Markup {
  return html`<ul class="bars">${phases.map(
    ({ phase, stands, passed, busy, of }) => html`
<li><span>${phase}: ${stands}</span> <progress max="${Math.max(of, 1)}" value="${passed}" aria-label="${phase}"></progress> <span>${passed} of ${counted(of, 'table')} passed${busy > 0 && `, ${busy} at work`}</span></li>`,
  )}
</ul>`;
}

/** `3 of 10 tables passed, 7 left`. */
export function tablesDone(states: Readonly<Record<TableName, RunState['tables'][TableName]>>) {
  const all = Object.values(states);
  const done = all.filter(hasPassed).length;
  return `${done} of ${counted(all.length, 'table')} passed, ${all.length - done} left`;
}
