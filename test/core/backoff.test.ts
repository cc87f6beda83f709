import { describe, expect, it } from 'vitest';
import { decide } from '../../shared/core/decide.ts';
import type { RunState } from '../../shared/core/run.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { AT, neverRan, pipeline, requested, teams } from './run-story.ts';

const patient = { ...pipeline, retry: { attempts: 10, backoffSeconds: 300 } };
const SECOND = 1000;

function after(state: RunState | null, event: RunEvent): RunState {
  const step = decide(patient, state, event);
  if (step === null) throw new Error(`${event.type} of a run that was never requested`);
  return step.state;
}

/** The seconds after which each of so many failed attempts is tried again. */
function pauses(failures: number): readonly number[] {
  let state = after(after(null, requested), neverRan);
  let at = AT;
  const tell = (event: RunEvent) => {
    state = after(state, event);
  };
  const waiting = (): string => {
    const table = state.tables[teams.name];
    return table?.tag === 'waiting' ? (table.notBefore ?? at) : at;
  };
  return Array.from({ length: failures }, (_, index) => {
    const attempt = index + 1;
    const message = 'exit 3';
    tell({ type: 'job-failed', table: teams.name, attempt, failure: 'transient', message, at });
    const before = Date.parse(at);
    at = waiting();
    tell({ type: 'clock-ticked', at });
    return (Date.parse(at) - before) / SECOND;
  });
}

describe('the pause after a failure', () => {
  it('doubles with each one', () => {
    expect(pauses(4)).toEqual([300, 600, 1200, 2400]);
  });

  it('never grows beyond an hour', () => {
    expect(pauses(9).slice(3)).toEqual([2400, 3600, 3600, 3600, 3600, 3600]);
  });
});
