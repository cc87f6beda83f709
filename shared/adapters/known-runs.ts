import type { RunId } from '../core/ids.ts';

/** Runs of which something is remembered. */
const KEPT = 64;

/**
 * Remembers what is known of the runs used last, so that the state of each version is read once: a run is
 * loaded far more often than it changes.
 */
export function knownRuns<Known>() {
  const last = new Map<RunId, Known>();
  return {
    of: (run: RunId) => last.get(run),

    keep(run: RunId, known: Known): void {
      last.delete(run);
      last.set(run, known);
      const [oldest] = last.keys();
      if (last.size > KEPT && oldest !== undefined) last.delete(oldest);
    },
  };
}
