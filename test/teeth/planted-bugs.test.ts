import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chosenOf } from './chosen.ts';
import { PLANTED_BUGS } from './planted-bugs.ts';

describe('the planted bugs', () => {
  it.each(PLANTED_BUGS.map((bug) => [bug.name, bug] as const))(
    '%s: changes one place of a file that is there, and names tests that are there',
    (_, { file, find, replace, tests }) => {
      expect(readFileSync(file, 'utf8').split(find).length - 1).toBe(1);
      expect(replace).not.toBe(find);
      expect(tests.length).toBeGreaterThan(0);
      expect(tests.filter((each) => !existsSync(each))).toEqual([]);
    },
  );

  it('have a name each', () => {
    const names = PLANTED_BUGS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('a choice of planted bugs', () => {
  const all = { only: '', every: '1', offset: '0' };

  it('takes every one of them by default', () => {
    expect(chosenOf(PLANTED_BUGS, all)).toEqual(PLANTED_BUGS);
  });

  it('of each third takes others with another offset, and all of them with three', () => {
    const chosen = ['0', '1', '2'].map((offset) =>
      chosenOf(PLANTED_BUGS, { ...all, every: '3', offset }),
    );
    expect(new Set(chosen.flat())).toEqual(new Set(PLANTED_BUGS));
    expect(chosen.flat()).toHaveLength(PLANTED_BUGS.length);
  });

  it.each([
    ['a name that no bug has', { only: 'no such bug' }, PLANTED_BUGS[0]?.name ?? 'none'],
    ['each half bug', { every: '0.5' }, 'a whole number from 1 on'],
    ['each zeroth bug', { every: '0' }, 'a whole number from 1 on'],
    ['an offset that is no number', { offset: 'x' }, 'a whole number from 0 on'],
    ['an offset behind the last bug', { offset: '999' }, `0 to ${PLANTED_BUGS.length - 1}`],
  ])('of %s is refused with what is accepted', (_, choice, accepted) => {
    expect(chosenOf(PLANTED_BUGS, { ...all, ...choice })).toContain(accepted);
  });
});
