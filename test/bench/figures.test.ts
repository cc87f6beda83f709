import { describe, expect, it } from 'vitest';
import { figureLine, figureList, isMissed } from './figures.ts';
import { fastest } from './gate/side-by-side.ts';

function figureOf(value: number, bounds: Readonly<{ atMost?: number; atLeast?: number }>) {
  const figures = figureList();
  figures.add('scan / by hand', value, 'x', bounds);
  return figures.all[0]!;
}

describe('a figure', () => {
  it.each([
    ['below its upper bound', 1.1, { atMost: 1.15 }, false],
    ['on its upper bound', 1.15, { atMost: 1.15 }, false],
    ['above it by less than is printed', 1.1500001, { atMost: 1.15 }, true],
    ['above its lower bound', 2.1, { atLeast: 2 }, false],
    ['on its lower bound', 2, { atLeast: 2 }, false],
    ['below it by less than is printed', 1.9999999, { atLeast: 2 }, true],
    ['above nothing, where nothing is allowed', 0.0001, { atMost: 0 }, true],
    ['no number', Number.NaN, { atMost: 1, atLeast: 0 }, true],
    ['without a bound', 1000, {}, false],
  ])('%s is missed or not: %d %o %s', (_, value, bounds, missed) => {
    expect(isMissed(figureOf(value, bounds))).toBe(missed);
  });

  it('is rounded where it is printed', () => {
    expect(figureLine(figureOf(1.1500001, { atMost: 1.15 }))).toMatch(
      / 1\.15 x {2}\(at most 1\.15 x: MISSED\)$/,
    );
  });

  it('that nobody measured is not missed, and says so', () => {
    const figures = figureList();
    figures.notChecked('bytes', 'no analyzer');
    expect(figures.all.map(isMissed)).toEqual([false]);
    expect(figures.all.map(figureLine)).toEqual([expect.stringContaining('NOT CHECKED')]);
  });
});

it('the fastest is the one of least time by the clock, whatever its processor time', () => {
  const timed = [
    { seconds: 2, processorSeconds: 1 },
    { seconds: 1, processorSeconds: 2 },
  ];
  expect(fastest(['one thread', 'two threads'], timed)).toBe('two threads');
});
