import { decide } from '../decide.ts';
import type { Pipeline } from '../pipeline.ts';
import type { RunState } from '../run.ts';
import type { RunEvent } from '../run-event.ts';
import type { RunStep } from './run-step.ts';

/** The story of a run, fact by fact, as it is decided now. Facts before the first that makes a run are left out. */
export function runSteps(pipeline: Pipeline, facts: readonly RunEvent[]): readonly RunStep[] {
  const steps: RunStep[] = [];
  let state: RunState | null = null;
  for (const event of facts) {
    const decided = decide(pipeline, state, event);
    if (decided === null) continue;
    steps.push({ before: state, event, after: decided.state });
    state = decided.state;
  }
  return steps;
}
