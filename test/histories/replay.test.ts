import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decide } from '../../shared/core/decide.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import type { RunState } from '../../shared/core/run.ts';
import { readStateText } from '../../shared/edge/state-text.ts';
import { histories, type RecordedCommit, recordedPipeline } from './history.ts';
import { STORIES } from './stories.ts';

const PRESENT: RunState['schema'] = 2;
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

const recorded = histories();

it.each(Object.keys(STORIES))('this release has recorded the story %s', (story) => {
  expect(recorded.map(([name]) => name)).toContain(`${version}-schema-${PRESENT}-${story}`);
});

describe.each(recorded)('the history %s', (_, { schema, definition, commits }) => {
  const { hash, pipeline } = recordedPipeline(definition);
  const states = commits.map((commit) => readStateText(commit.state, lastInstant(commit)));
  const end = verdictsOf(states.at(-1) ?? null);

  it('stands beside the definition that it was told with', () => {
    expect(hash).toBe(definition);
    expect(states.map((state) => state.definition)).toEqual(commits.map(() => definition));
  });

  const folds = commits.map((_, n) => folded(pipeline, null, commits.slice(0, n + 1)));

  it(`is folded into ${schema === PRESENT ? 'the very states' : 'the statuses'}, commit by commit`, () => {
    if (schema === PRESENT) expect(folds).toEqual(states);
    expect(folds.map((state) => state?.status)).toEqual(states.map(({ status }) => status));
  });

  it.each(states.map((state, n) => [n + 1, state.status, state] as const))(
    'read after commit %d (%s) and continued, ends in the same verdicts',
    (count, _status, state) => {
      expect(verdictsOf(folded(pipeline, state, commits.slice(count)))).toEqual(end);
    },
  );

  it('told from its beginning ends in the same verdicts', () => {
    expect(verdictsOf(folded(pipeline, null, commits))).toEqual(end);
  });
});

function folded(
  pipeline: Pipeline,
  before: RunState | null,
  commits: readonly RecordedCommit[],
): RunState | null {
  return commits
    .flatMap(({ facts }) => facts)
    .reduce((state, { event }) => decide(pipeline, state, event)?.state ?? state, before);
}

/** What a run came to: where it stands, and of each table the verdict and what it rests on. */
function verdictsOf(state: RunState | null) {
  if (state === null) return null;
  const { status, phases, tables, published, round, badDaysBefore, message } = state;
  return { status, phases, tables, published, round, badDaysBefore, message };
}

function lastInstant({ facts }: RecordedCommit): string {
  return facts.at(-1)?.event.at ?? '';
}
