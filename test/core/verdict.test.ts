import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { letsPass, type Verdict, weigh, worst } from '../../shared/core/verdict.ts';

const WORST_FIRST: readonly Verdict[] = ['FAIL', 'UNKNOWN', 'WARN', 'PASS'];

describe('the verdict of a gate', () => {
  it('is UNKNOWN when nothing was judged', () => {
    expect(worst([])).toBe('UNKNOWN');
  });

  it('is the worst of its checks in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...WORST_FIRST), { minLength: 1, maxLength: 8 }),
        (all) => {
          expect(worst(all)).toBe(WORST_FIRST.find((verdict) => all.includes(verdict)));
        },
      ),
      { seed: 4 },
    );
  });

  it('lets a run go on after PASS and WARN only', () => {
    expect(WORST_FIRST.filter(letsPass)).toEqual(['WARN', 'PASS']);
  });

  it('turns the FAIL of a check that only warns into WARN, and leaves its UNKNOWN', () => {
    expect(WORST_FIRST.map((verdict) => weigh(verdict, 'warn'))).toEqual([
      'WARN',
      'UNKNOWN',
      'WARN',
      'PASS',
    ]);
    expect(WORST_FIRST.map((verdict) => weigh(verdict, 'block'))).toEqual(WORST_FIRST);
  });
});
