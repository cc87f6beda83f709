import type { RunState } from '../run.ts';
import type { RunEvent } from '../run-event.ts';

/** One fact of a run, and what the run was before and is after it. Before the first fact it was nothing. */
export type RunStep = Readonly<{ before: RunState | null; event: RunEvent; after: RunState }>;
