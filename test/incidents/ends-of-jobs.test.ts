import { expect, it } from 'vitest';
import { decide } from '../../shared/core/decide.ts';
import type { JobFailure, RunEvent } from '../../shared/core/run-event.ts';
import {
  AT,
  given,
  neverRan,
  pipeline,
  requested,
  runGate,
  succeeded,
  teams,
} from '../core/run-story.ts';

/** Every word for an end that is not good; one that is new has to stand here. */
const NOT_GOOD: Readonly<Record<JobFailure, true>> = {
  transient: true,
  permanent: true,
  interrupted: true,
  'not-ready': true,
  quota: true,
  cancelled: true,
};

it.each(Object.keys(NOT_GOOD) as JobFailure[])(
  'a job that ended %s earns no look at its data, and its table has not passed',
  (failure) => {
    const ended: RunEvent = {
      ...{ type: 'job-failed', table: teams.name, attempt: 1, failure },
      ...{ message: '', at: AT },
    };
    const step = decide(pipeline, given(requested, neverRan).state, ended);
    expect(step?.effects.map(({ kind }) => kind)).not.toContain('run-gate');
    expect(['waiting', 'launching', 'failed']).toContain(step?.state.tables[teams.name]?.tag);
  },
);

it('a job that ended well earns a look at its data, and nothing more', () => {
  const step = given(requested, neverRan).when(succeeded('a.teams'));
  step.thenAsks([runGate('a.teams')]);
  expect(step.state?.tables[teams.name]?.tag).toBe('verifying');
});
