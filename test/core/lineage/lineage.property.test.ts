import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ofStep } from '../../../shared/core/lineage/of-step.ts';
import { runSteps } from '../../../shared/core/lineage/run-steps.ts';
import type { Pipeline } from '../../../shared/core/pipeline.ts';
import { isAtRest, type RunState } from '../../../shared/core/run.ts';
import type { RunEvent } from '../../../shared/core/run-event.ts';
import { isBusy } from '../../../shared/core/table-state.ts';
import { uuidIn } from '../../../shared/edge/lineage-target.ts';
import { stories } from '../any-story.ts';
import { eventSchema } from './event-schema.ts';

const PLACE = { namespace: 'phasegate', project: 'local', uuidOf: uuidIn('phasegate') };

/** The same history, each fact a second after the one before. */
const inTime = (events: readonly RunEvent[]) =>
  events.map(
    (event, second): RunEvent => ({
      ...event,
      at: new Date(Date.parse(event.at) + second * 1_000).toISOString(),
    }),
  );

function toldOf(pipeline: Pipeline, events: readonly RunEvent[]) {
  const steps = runSteps(pipeline, inTime(events));
  const told = steps.flatMap((step) => ofStep(PLACE, pipeline, step, () => null));
  const state: RunState | undefined = steps.at(-1)?.after;
  return { told: told.map((event) => eventSchema.parse(event)), state };
}

describe('the lineage of any run', () => {
  it('begins each run and launch once and ends it once, and leaves nothing open but what goes on', () => {
    fc.assert(
      fc.property(stories, ([pipeline, events]) => {
        const { told, state } = toldOf(pipeline, events);
        const ofRuns = told.filter(({ job }) => job.facets.jobType.jobType !== 'GATE');
        const types = [...Map.groupBy(ofRuns, ({ run }) => run.runId).values()].map((own) =>
          own.map(({ eventType }) => (eventType === 'START' ? 'START' : 'end')).join(' '),
        );
        expect(types.filter((each) => each !== 'START' && each !== 'START end')).toEqual([]);
        const tables = Object.values(state?.tables ?? {});
        const begun = tables.filter((each) => isBusy(each) && each.tag !== 'launching').length;
        const isGoing = state !== undefined && !isAtRest(state.status);
        expect(types.filter((each) => each === 'START')).toHaveLength(begun + (isGoing ? 1 : 0));
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  it('is the same however often it is told, and another one in another namespace', () => {
    fc.assert(
      fc.property(stories, ([pipeline, events]) => {
        expect(toldOf(pipeline, events)).toEqual(toldOf(pipeline, events));
      }),
      { seed: 9, numRuns: 10 },
    );
    expect(uuidIn('a')('nba')).not.toBe(uuidIn('b')('nba'));
  });
});
