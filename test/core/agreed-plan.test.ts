import { describe, expect, it } from 'vitest';
import { planOf } from '../../shared/core/plan.ts';
import { planHashOf } from '../../shared/core/plan-hash.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { allDays, given, launch, neverRan, pipeline, requested } from './run-story.ts';

const { request, definition } = requested;
const { calendar, outcomes } = neverRan;
const plan = planOf(pipeline, request, 'missing', calendar, outcomes, new Map());
const agreed = planHashOf(definition, request, calendar, outcomes, plan);

describe('a run whose plan was agreed to', () => {
  it('carries it out', () => {
    given({ ...requested, plan: agreed })
      .when(neverRan)
      .thenAsks([launch('a.teams')]);
  });

  it('does nothing when there is something else to do by now', () => {
    const written = {
      ...neverRan,
      outcomes: { ...outcomes, 'a.teams': { VERIFIED: allDays } },
    } as RunEvent;
    const step = given({ ...requested, plan: agreed }).when(written);
    expect(step.state).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('the world changed since'),
    });
    step.thenAsks([expect.objectContaining({ kind: 'page-human' }) as never]);
  });
});
