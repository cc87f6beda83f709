import { setTimeout as pause } from 'node:timers/promises';
import type { LocalWorld } from '../adapters/local/local-world.ts';
import type { RunId } from '../core/ids.ts';
import { isAtRest, type RunState } from '../core/run.ts';
import { isBusy } from '../core/table-state.ts';
import type { Output } from './output.ts';

const POLL_MS = 200;
const BEGAN = new Date(performance.timeOrigin).toISOString();

/** Other commands set runs going in this process: they end with it, so it stays until these are at rest. */
export async function stayForOthers(
  { runs }: Pick<LocalWorld, 'runs'>,
  own: RunId,
  output: Output,
  interrupted: AbortSignal,
): Promise<void> {
  const told = new Set<RunId>();
  for (;;) {
    const live: RunId[] = [];
    for (const id of await runs.list()) {
      const state = id === own ? null : (await runs.load(id))?.state;
      if (state == null || isAtRest(state.status) || isLeftAlone(state)) continue;
      if (state.since >= BEGAN) live.push(id);
    }
    if (live.length === 0 || interrupted.aborted) return;
    for (const id of live.filter((each) => !told.has(each))) {
      output.note(`${id} was started here by another command and goes on; Ctrl-C leaves it`);
      told.add(id);
    }
    await pause(POLL_MS, undefined, { signal: interrupted }).catch(() => undefined);
  }
}

/** A paused run needs no process once its jobs are over and judged. */
function isLeftAlone({ paused, tables }: RunState): boolean {
  const isMoving = Object.values(tables).some(
    (table) => isBusy(table) || table.tag === 'verifying',
  );
  return paused !== null && !isMoving;
}
