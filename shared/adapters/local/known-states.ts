import type { RunId } from '../../core/ids.ts';
import type { RunState } from '../../core/run.ts';

/** Runs whose last state is remembered. */
const KEPT = 64;

export type KnownState = Readonly<{ version: number; state: RunState }>;

/** Remembers the states of runs at their versions, so that each is read once: a run is loaded far more often than it changes. */
export function knownStates() {
  const last = new Map<RunId, KnownState>();
  return {
    of: (run: RunId) => last.get(run),

    keep(run: RunId, known: KnownState): void {
      last.delete(run);
      last.set(run, known);
      const [oldest] = last.keys();
      if (last.size > KEPT && oldest !== undefined) last.delete(oldest);
    },
  };
}
