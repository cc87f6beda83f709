import type { RunId } from '../../core/ids.ts';
import type { RunState } from '../../core/run.ts';
import { readStateText } from '../../edge/state-text.ts';

/** Runs whose last text is remembered. */
const KEPT = 64;

/** Reads the texts of run states, each once: a run is loaded far more often than it changes. */
export function stateTexts() {
  const last = new Map<RunId, Readonly<{ text: string; state: RunState }>>();
  const keep = (run: RunId, text: string, state: RunState) => {
    last.delete(run);
    last.set(run, { text, state });
    const [oldest] = last.keys();
    if (last.size > KEPT && oldest !== undefined) last.delete(oldest);
  };
  return {
    /** The text that stands for this state now. */
    keep,
    /** @param kept when the text was kept, in milliseconds since 1970 */
    read(run: RunId, text: string, kept: number): RunState {
      const known = last.get(run);
      if (known?.text === text) return known.state;
      const state = readStateText(text, new Date(kept).toISOString());
      keep(run, text, state);
      return state;
    },
  };
}
