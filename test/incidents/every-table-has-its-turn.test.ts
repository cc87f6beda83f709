import { expect, it } from 'vitest';
import { readDefinitionFiles } from '../../shared/cli/definition.ts';
import { allDays } from '../../shared/core/calendar.ts';
import { decide } from '../../shared/core/decide.ts';
import { tablesOf } from '../../shared/core/pipeline.ts';
import { checkedRequest } from '../../shared/core/request.ts';
import type { Effect, RunState } from '../../shared/core/run.ts';
import type { RunEvent, TableVerdict } from '../../shared/core/run-event.ts';
import { calendarOf, day, RUN } from '../core/build.ts';

const { pipeline } = readDefinitionFiles({ pipeline: 'nba' });
const AT = '2026-01-03T04:00:00.000Z';
const names = tablesOf(pipeline).map(({ name }) => name);
const calendar = calendarOf('2021-10-19..2021-12-31', '2021-10-19');
const pass: TableVerdict = { verdict: 'PASS', badDays: [], message: '', evidence: 'e' };

/** What the outside answers when all is well. */
function answerOf(effect: Effect): RunEvent {
  switch (effect.kind) {
    case 'read-outcomes': {
      const outcomes = Object.fromEntries(
        names.map((name) => [name, { NEVER_RAN: allDays(calendar) }]),
      );
      return { type: 'outcomes-read', round: effect.round, calendar, outcomes, at: AT };
    }
    case 'launch-table':
      return { type: 'job-succeeded', table: effect.table, attempt: effect.attempt, at: AT };
    case 'run-gate': {
      const { kind: _, ...asked } = effect;
      return { type: 'gate-judged', ...asked, ...pass, at: AT };
    }
    case 'call-roll': {
      const { phase, round, look } = effect;
      const tables = Object.fromEntries(names.map((name) => [name, pass]));
      return { type: 'roll-called', phase, round, look, tables, at: AT };
    }
    default:
      throw new Error(`nothing asks for ${effect.kind} when all is well`);
  }
}

it('a run of the whole NBA pipeline launches each of its tables once, and then has passed', () => {
  const range = { from: day('2021-10-19'), to: day('2021-12-31') };
  const asked = { pipeline: pipeline.name, ...range, phases: [], mode: 'missing' } as const;
  const request = checkedRequest(pipeline, asked, day('2026-01-03'));
  const signed = { by: 'ana', reason: '', at: AT };
  const events: RunEvent[] = [
    { type: 'run-requested', run: RUN, request, definition: 'd1', ...signed },
  ];
  const launched: string[] = [];
  let state: RunState | null = null;
  for (const event of events) {
    const step = decide(pipeline, state, event);
    state = step?.state ?? state;
    for (const effect of step?.effects ?? []) {
      if (effect.kind === 'launch-table') launched.push(effect.table);
      events.push(answerOf(effect));
    }
  }
  expect(launched.toSorted()).toEqual(names.toSorted());
  expect(state?.status).toBe('passed');
});
