import { expect, it } from 'vitest';
import { addDays, parseDay } from '../../shared/core/days.ts';
import { ON_CLOCK_CHANGE, TROUBLES } from './catalog.ts';
import { place } from './place.ts';

const FIRST = parseDay('2021-10-19');
const gameDays = Array.from({ length: 170 }, (_, index) => addDays(FIRST, index));
const placed = (seed: number) =>
  place(seed, { gameDays }, TROUBLES, ['2021-11-07', '2022-03-13'], ON_CLOCK_CHANGE);

it('no trouble begins before the one before it is over', () => {
  for (const seed of [1, 2, 3]) {
    const all = placed(seed);
    for (const [index, { day }] of all.slice(1).entries()) {
      const before = all[index];
      expect(before && day > addDays(before.day, before.trouble.takesDays)).toBe(true);
    }
  }
});

it('forty troubles find a place in a season, two of them on the nights on which clocks change', () => {
  for (const seed of [1, 2, 3]) {
    const all = placed(seed);
    expect(all.length).toBeGreaterThanOrEqual(40);
    expect(all.filter(({ trouble }) => trouble === ON_CLOCK_CHANGE).length).toBe(2);
  }
});

it('another seed puts them in another order', () => {
  const kinds = (seed: number) => placed(seed).map(({ trouble }) => trouble.kind);
  expect(kinds(1)).toEqual(kinds(1));
  expect(kinds(1)).not.toEqual(kinds(2));
});
