import { describe, expect, it } from 'vitest';
import { randomOf } from '../../shared/league/random.ts';

const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw);

describe('a stream', () => {
  it('is repeated by the same key and by no other', () => {
    const of = (...key: (string | number)[]) => draws(20, randomOf(...key).unit);
    expect(of(7, 'shots')).toEqual(of(7, 'shots'));
    expect(of(7, 'shots')).not.toEqual(of(8, 'shots'));
    expect(of(7, 'shots')).not.toEqual(of(7, 'odds'));
  });

  it('is level: its tenths are equally full', () => {
    const { unit } = randomOf('level');
    const tenths = new Array<number>(10).fill(0);
    for (const drawn of draws(100_000, unit)) tenths[Math.floor(drawn * 10)]! += 1;
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('has normal draws of mean 0 and deviation 1 that never exceed 3.5', () => {
    const drawn = draws(100_000, randomOf('bell').normal);
    const mean = drawn.reduce((a, b) => a + b, 0) / drawn.length;
    const variance = drawn.reduce((sum, x) => sum + x * x, 0) / drawn.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
    expect(drawn.every((x) => Math.abs(x) <= 3.5)).toBe(true);
  });

  it('draws whole numbers from both ends and weighs indexes', () => {
    const { int, weighted } = randomOf('ends');
    expect(new Set(draws(200, () => int(2, 4)))).toEqual(new Set([2, 3, 4]));
    const counts = [0, 0, 0];
    for (const index of draws(8000, () => weighted([1, 0, 3]))) counts[index]! += 1;
    expect(counts[1]).toBe(0);
    expect(Math.abs(counts[2]! - 6000)).toBeLessThan(250);
  });

  it('shuffles without losing anything or touching the list it was given', () => {
    const list = [1, 2, 3, 4, 5, 6, 7, 8] as const;
    const shuffled = randomOf('deck').shuffled(list);
    expect(shuffled).not.toEqual(list);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(list);
  });
});
