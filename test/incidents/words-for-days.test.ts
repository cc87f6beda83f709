import { expect, it } from 'vitest';
import { parseDay } from '../../shared/core/days.ts';

const WORDS = [
  'TODAY',
  'yesterday',
  'YESTERDAY',
  '',
  '2022-1-5',
  '20220105',
  '2022-01-05T00:00:00Z',
];

it.each(WORDS)(
  '%j is a day nowhere: it is refused, and never part of a path or a query',
  (word) => {
    expect(() => parseDay(word)).toThrow();
  },
);
