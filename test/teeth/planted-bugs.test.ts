import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
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
