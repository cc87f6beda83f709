import { expect, it } from 'vitest';
import type { Check } from '../../../shared/core/check.ts';
import { numberOrNull } from '../../../shared/core/profile.ts';
import { base, dayWith } from '../table-facts.ts';
import { judged, OTHER, WHOLE } from './two-days.ts';

const agrees: Check = {
  ...base,
  ...WHOLE,
  id: 'agrees',
  kind: 'agreement',
  by: ['game_id'],
  value: 'SUM(points)',
  where: null,
  with: { table: OTHER, by: ['game_id'], value: 'SUM(points)', where: null },
  tolerance: 0,
  unit: 'games',
};

it('a number of 0 is a number: it agrees with 0, and not with NULL', () => {
  expect(judged(agrees, [[[['g1', 0]]]], [[[['g1', 0]]]])?.verdict).toBe('PASS');
  expect(judged(agrees, [[[['g1', 0]]]], [[[['g1', null]]]])?.verdict).toBe('FAIL');
});

it('the smallest of some values may be 0, and that of none is no number', () => {
  expect(numberOrNull(dayWith(1, { least: 0 }), 'least')).toBe(0);
  expect(numberOrNull(dayWith(1, { least: null }), 'least')).toBeNull();
  expect(numberOrNull(undefined, 'least')).toBeNull();
});
