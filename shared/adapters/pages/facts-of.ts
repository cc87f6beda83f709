import type { RunState } from '../../core/run.ts';
import type { RunEvent } from '../../core/run-event.ts';
import type { RunStore } from '../../ports/run-store.ts';

/** A store gives the same state until the next commit, and only a commit folds facts. */
const known = new WeakMap<RunState, readonly RunEvent[]>();

/** The folded facts of a run, read once for each of its states. */
export async function factsOf(
  runs: Pick<RunStore, 'facts'>,
  state: RunState,
): Promise<readonly RunEvent[]> {
  const found = known.get(state);
  if (found !== undefined) return found;
  const events = (await runs.facts(state.run)).map(({ event }) => event);
  known.set(state, events);
  return events;
}
