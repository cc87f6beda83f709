import type { RunId } from '../../shared/core/ids.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import { record } from '../../shared/shell/drain.ts';
import { AT, neverRan, pipeline, requested } from '../core/run-story.ts';

/** What happens to a run of `run-story`, by name. */
export const happens = {
  begins: requested,
  launches: neverRan,
  isPaused: { type: 'pause-requested', by: 'ana', reason: 'late feed', at: AT },
  fails: {
    type: 'job-failed',
    table: parseTableName('a.teams'),
    attempt: 1,
    failure: 'permanent',
    message: 'no such column\n\u001b[2Jno such row',
    at: AT,
  },
  ends: { type: 'outcomes-unreadable', round: 1, message: 'no such table\nof raw data', at: AT },
} as const satisfies Record<string, RunEvent>;

/** Has a run fold these events, and perform nothing. */
export async function happenTo(
  runs: RunStore,
  run: RunId,
  ...events: readonly RunEvent[]
): Promise<void> {
  const world = { runs, bus: { publish: async () => 'm' }, pipelineOf: async () => pipeline };
  for (const event of events) {
    const own = event.type === 'run-requested' ? { ...event, run } : event;
    await record(world, run, `${event.type}:${'by' in event ? event.by : ''}`, own);
  }
}
