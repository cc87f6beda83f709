import { describe, expect, it } from 'vitest';
import { parseTableName } from '../../../shared/core/ids.ts';
import type { RunState } from '../../../shared/core/run.ts';
import { publishedLines, withdrawnLines } from '../../../shared/core/view/published-lines.ts';
import { pipelineOf, requestOf, table } from '../build.ts';
import { allDays, calendar } from '../run-story.ts';

const shown = table('a.teams', [], { publish: 'verified' });
const other = table('a.players', [], { publish: 'verified' });
const hidden = table('a.games', []);
const pipeline = pipelineOf(shown, other, hidden);
const passed = { tag: 'passed', attempt: 0, evidence: 'e', token: '' } as const;
const stopped = { tag: 'skipped', attempt: 1, days: allDays, message: 'stopped' } as const;

/** A run in which only `a.teams` had something to write. */
function run(fields: Partial<RunState>): RunState {
  const tables = { 'a.teams': stopped, 'a.players': passed, 'a.games': stopped };
  const request = requestOf(pipeline);
  return { calendar, request, tables, status: 'cancelled', ...fields } as unknown as RunState;
}

describe('what a run that came to rest took from the verified views', () => {
  it.each(['cancelled', 'blocked', 'failed'] as const)(
    'is told by view when it is %s: not what it did not write, and no table without a view',
    (status) => {
      const [line = '', ...more] = withdrawnLines(run({ status }), pipeline);
      expect(line).toMatch(/^withdrawn from the verified views until a gate passes them again/);
      expect(line).toMatch(/: a_verified\.teams$/);
      expect(more).toEqual([]);
    },
  );

  it.each([
    ['it has passed', { status: 'passed' }],
    ['it still goes on', { status: 'live' }],
    ['it launched nothing', { tables: { [shown.name]: { ...stopped, attempt: 0 } } }],
    ['its gates published them again', { published: { [shown.name]: allDays } }],
  ] as const)('is not told when %s', (_, fields) => {
    expect(withdrawnLines(run(fields), pipeline)).toEqual([]);
  });
});

it.each([
  ['passed', 'when it passed'],
  ['blocked', 'when its phase passed'],
] as const)('what a run published is told of the moment at which it did: %s', (status, when) => {
  const published = { [parseTableName('a.teams')]: allDays };
  expect(publishedLines(run({ status, published }))).toEqual([
    `published ${when}: a_verified.teams, 5 days, 2022-01-01..2022-01-05`,
  ]);
});
