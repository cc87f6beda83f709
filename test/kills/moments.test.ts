import { expect, it } from 'vitest';
import { momentsOf } from './moments.ts';

const WHOLE = { statements: 97, milliseconds: 4000 };
const stories = (seed: string, count: number) =>
  Array.from({ length: count }, (_, index) => momentsOf(seed, index + 1, WHOLE));

it('the same seed kills at the same moments, another at others', () => {
  expect(stories('1', 20)).toEqual(stories('1', 20));
  expect(stories('2', 20)).not.toEqual(stories('1', 20));
});

it('in three stories for two statements each statement was one', () => {
  const first = stories('1', 146).map(([moment]) => moment);
  const statements = first.flatMap((each) =>
    each !== undefined && 'statement' in each ? [each.statement] : [],
  );
  expect(new Set(statements).size).toBe(WHOLE.statements);
});

it('a third come at any time of the run, and some stories kill twice', () => {
  const all = stories('1', 60);
  const times = all.flatMap(([each]) =>
    each !== undefined && 'milliseconds' in each ? [each.milliseconds] : [],
  );
  expect(times).toHaveLength(20);
  expect(Math.max(...times)).toBeLessThanOrEqual(WHOLE.milliseconds);
  const twice = all.filter(({ length }) => length === 2);
  expect(twice.length).toBeGreaterThan(5);
  expect(twice.length).toBeLessThan(30);
});
