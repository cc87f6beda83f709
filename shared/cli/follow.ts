import { setTimeout as pause } from 'node:timers/promises';
import type { RunId } from '../core/ids.ts';
import { isAtRest, type RunState } from '../core/run.ts';
import { tableLine } from '../core/view/run-lines.ts';
import type { RunStore } from '../ports/run-store.ts';
import type { Output } from './output.ts';

const POLL_MS = 100;

/**
 * Shows a run until it is at rest, or until interrupted: a block that redraws itself on a terminal,
 * one line for each change elsewhere. Null when interrupted.
 */
export async function follow(
  runs: RunStore,
  run: RunId,
  output: Output,
  interrupted: AbortSignal,
): Promise<RunState | null> {
  const display = output.isLive ? liveDisplay() : lineDisplay(output);
  while (!interrupted.aborted) {
    const stored = await runs.load(run);
    if (stored?.state != null) {
      display(stored.state);
      const isQuiet = stored.inbox.length === 0 && stored.outbox.length === 0;
      if (isAtRest(stored.state.status) && isQuiet) return stored.state;
    }
    await pause(POLL_MS, undefined, { signal: interrupted }).catch(() => undefined);
  }
  return null;
}

function linesOf(state: RunState): string[] {
  return Object.entries(state.tables).map(([name, table]) => tableLine(name, table));
}

function lineDisplay(output: Output): (state: RunState) => void {
  const said = new Map<number, string>();
  return (state) => {
    if (state.status === 'reading') return;
    for (const [index, line] of linesOf(state).entries()) {
      if (said.get(index) === line) continue;
      said.set(index, line);
      output.note(line);
    }
  };
}

function liveDisplay(): (state: RunState) => void {
  let drawn = 0;
  return (state) => {
    const width = process.stderr.columns ?? 80;
    const lines = [`run ${state.run}: ${state.status}`, ...linesOf(state)].map((line) =>
      line.length > width - 1 ? `${line.slice(0, width - 2)}…` : line,
    );
    const up = drawn === 0 ? '' : `\u001b[${drawn}A`;
    process.stderr.write(`${up}${lines.map((line) => `\u001b[2K${line}\n`).join('')}\u001b[J`);
    drawn = lines.length;
  };
}
