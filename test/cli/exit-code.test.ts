import { expect, it } from 'vitest';
import { exitCodeOfError, exitCodeOfRun, exitCodeOfVerdict } from '../../shared/cli/exit-code.ts';
import { PhasegateError } from '../../shared/core/errors.ts';
import type { RunStatus } from '../../shared/core/run.ts';
import type { Verdict } from '../../shared/core/verdict.ts';

it.each<[Verdict, number]>([
  ['PASS', 0],
  ['WARN', 0],
  ['FAIL', 1],
  ['UNKNOWN', 3],
])('a gate that ends with %s ends with %i', (verdict, code) => {
  expect(exitCodeOfVerdict(verdict)).toBe(code);
});

it('a run that did not pass never ends with 0, whatever it is doing', () => {
  const others: readonly RunStatus[] = [
    'reading',
    'live',
    'cancelling',
    'blocked',
    'failed',
    'cancelled',
  ];
  expect(others.map(exitCodeOfRun)).toEqual(others.map(() => 1));
  expect(exitCodeOfRun('passed')).toBe(0);
});

it('an error never ends with 0', () => {
  const codeOf = (kind: PhasegateError['kind']) => exitCodeOfError(new PhasegateError(kind, 'x'));
  expect(codeOf('unavailable')).toBe(3);
  expect(codeOf('pending')).toBe(3);
  expect(codeOf('invalid-input')).toBe(2);
  expect([codeOf('invalid-query'), codeOf('not-found'), codeOf('conflict')]).toEqual([1, 1, 1]);
});
