import { expect, it } from 'vitest';
import { bodyStart, deadLines } from '../../../shared/core/view/dead-lines.ts';

const letter = {
  id: '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
  topic: 'phasegate-start',
  data: '{"frm":"2022-01-01"}',
  reason: 'from: missing; Unrecognized key: "frm"',
  diedAt: '2026-01-03T04:00:00.000Z',
  deaths: 2,
};

it('a letter is told with id, topic, time, how often it died, why, and its body', () => {
  expect(deadLines([letter])).toEqual([
    '3f2504e0-4f89-11d3-9a0c-0305e82c3301  phasegate-start',
    '  died 2026-01-03T04:00:00.000Z, 2 times so far',
    '  why: from: missing; Unrecognized key: "frm"',
    '  body: {"frm":"2022-01-01"}',
  ]);
});

it('of a letter that died before anybody kept when, no time is told', () => {
  const told = deadLines([{ ...letter, diedAt: null }]);
  expect(told.some((line) => line.includes('died'))).toBe(false);
});

it('of a long body the first 200 characters are shown, in lines of at most eighty', () => {
  const data = 'x'.repeat(1000);
  expect(bodyStart(data)).toBe(`${'x'.repeat(200)}…`);
  const lines = deadLines([{ ...letter, data, reason: 'too long '.repeat(40) }]);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines.join('').match(/x/g)).toHaveLength(200);
});

it('nothing of a body or a reason reaches the terminal as a control', () => {
  const told = deadLines([{ ...letter, data: 'a\u001b[2Jb\nc', reason: 'no\u0007\u009b31m' }]);
  expect(told.join('')).not.toMatch(/\p{Cc}/u);
  expect(told.at(-1)).toBe('  body: a [2Jb c');
});
