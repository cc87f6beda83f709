import type { Pipeline } from '../../shared/core/pipeline.ts';
import type { EventOf } from '../../shared/core/run-event.ts';
import { RUN, requestOf } from './build.ts';

export const AT = '2026-01-03T04:00:00.000Z';

/** Somebody asked for a run of all that the pipeline has. */
export function requestedRun(pipeline: Pipeline): EventOf<'run-requested'> {
  const request = requestOf(pipeline);
  const signed = { by: 'ana', reason: '', at: AT };
  return { type: 'run-requested', run: RUN, request, definition: 'd1', ...signed };
}
