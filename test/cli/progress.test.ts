import { expect, it } from 'vitest';
import { progressOn } from '../../shared/cli/progress.ts';

const told: string[] = [];
const outputOf = (isTerminal: boolean) => {
  told.length = 0;
  return {
    draw: isTerminal ? () => undefined : null,
    note: (text: string) => void told.push(text),
  };
};

it('tells a terminal of each table at once', () => {
  const tell = progressOn(outputOf(true), () => 0);
  tell('a.one', 1, 2);
  expect(told).toEqual(['read a.one (1 of 2)']);
});

it('tells nobody else of a reading that is over within two seconds', () => {
  const times = [0, 900, 1999];
  const tell = progressOn(outputOf(false), () => times.shift() ?? 0);
  tell('a.one', 1, 2);
  tell('a.two', 2, 2);
  expect(told).toEqual([]);
});

it('tells everybody of a long one, from its first table on, and each table once', () => {
  const times = [0, 900, 2000, 2100];
  const tell = progressOn(outputOf(false), () => times.shift() ?? 0);
  for (const [index, name] of ['a.one', 'a.two', 'a.three'].entries()) tell(name, index + 1, 3);
  expect(told).toEqual(['read a.one (1 of 3)', 'read a.two (2 of 3)', 'read a.three (3 of 3)']);
});
