import { setTimeout as pause } from 'node:timers/promises';
import type { RunId } from '../core/ids.ts';
import { isAtRest, type RunState } from '../core/run.ts';
import { tableLine } from '../core/view/run-lines.ts';
import { pausedLine } from '../core/view/signed-lines.ts';
import { fold } from '../core/view/wrap.ts';
import type { RunStore } from '../ports/run-store.ts';
import type { Output } from './output.ts';

const POLL_MS = 100;

/** How watching ended: the run came to rest, a person stopped it, or the process that runs it went away. */
export type Followed =
  | Readonly<{ end: 'at-rest'; state: RunState }>
  | Readonly<{ end: 'interrupted' | 'abandoned' }>;

/**
 * Shows a run until it is at rest, and who paused it: a block that redraws itself on a terminal, one line for
 * each change elsewhere.
 *
 * @param isServed whether some process still runs the world
 */
export async function follow(
  runs: RunStore,
  run: RunId,
  output: Output,
  interrupted: AbortSignal,
  isServed: () => boolean,
): Promise<Followed> {
  try {
    return await watch(runs, run, output, interrupted, isServed);
  } finally {
    output.keep();
  }
}

async function watch(
  runs: RunStore,
  run: RunId,
  output: Output,
  interrupted: AbortSignal,
  isServed: () => boolean,
): Promise<Followed> {
  const display = output.draw === null ? lineDisplay(output) : blockDisplay(output.draw);
  while (!interrupted.aborted) {
    const stored = await runs.load(run);
    if (stored?.state != null) {
      display(stored.state);
      const isQuiet = stored.inbox.length === 0 && stored.outbox.length === 0;
      if (isAtRest(stored.state.status) && isQuiet) return { end: 'at-rest', state: stored.state };
    }
    if (!isServed()) return { end: 'abandoned' };
    await pause(POLL_MS, undefined, { signal: interrupted }).catch(() => undefined);
  }
  return { end: 'interrupted' };
}

function linesOf({ tables, paused }: RunState): string[] {
  return [
    ...Object.entries(tables).map(([name, table]) => tableLine(name, table)),
    ...(paused === null ? [] : [pausedLine(paused)]),
  ];
}

function lineDisplay(output: Output): (state: RunState) => void {
  const said = new Map<number, string>();
  return (state) => {
    if (state.status === 'reading') return;
    for (const [index, line] of linesOf(state).entries()) {
      if (said.get(index) === line) continue;
      said.set(index, line);
      for (const part of fold(line)) output.note(part);
    }
  };
}

function blockDisplay(draw: (lines: readonly string[]) => void): (state: RunState) => void {
  let last = '';
  return (state) => {
    const lines = [`run ${state.run}: ${state.status}`, ...linesOf(state)];
    const text = lines.join('\n');
    if (text === last) return;
    last = text;
    draw(text.split('\n'));
  };
}
