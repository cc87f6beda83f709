import { expect, it } from 'vitest';
import { readDefinitionFiles } from '../../shared/adapters/pipeline-files.ts';
import { decide } from '../../shared/core/decide.ts';
import { tablesOf } from '../../shared/core/pipeline.ts';
import { checkedRequest } from '../../shared/core/request.ts';
import type { RunState } from '../../shared/core/run.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { answerTo, type Outside } from '../core/answer-to.ts';
import { calendarOf, day, RUN } from '../core/build.ts';

const { pipeline } = readDefinitionFiles({ pipeline: 'nba' });
const AT = '2026-01-03T04:00:00.000Z';
const names = tablesOf(pipeline).map(({ name }) => name);
const allIsWell: Outside = {
  tables: names,
  calendar: calendarOf('2021-10-19..2021-12-31', '2021-10-19'),
  outcome: 'NEVER_RAN',
  launch: 'job-succeeded',
  found: { verdict: 'PASS', badDays: [], message: '', evidence: 'e' },
  at: AT,
};

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
      const answer = answerTo(effect, allIsWell);
      if (answer === null) throw new Error(`nothing asks for ${effect.kind} when all is well`);
      events.push(answer);
    }
  }
  expect(launched.toSorted()).toEqual(names.toSorted());
  expect(state?.status).toBe('passed');
});
