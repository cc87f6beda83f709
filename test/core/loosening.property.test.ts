import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Check } from '../../shared/core/check.ts';
import { comparePromises, looseningsOf } from '../../shared/core/loosening.ts';
import { parsePercent } from '../../shared/core/percent.ts';
import { promisesOf } from '../../shared/core/promises.ts';
import { day, pipelineOf, table } from './build.ts';
import { notNull } from './table-facts.ts';

const TODAY = day('2026-01-03');

describe('what is accepted from now on', () => {
  const percent = fc.integer({ min: 98, max: 100 });
  const anyCheck = fc
    .record({
      id: fc.constantFrom('one', 'two', 'three'),
      atLeast: percent,
      column: fc.constantFrom('points', 'team'),
      severity: fc.constantFrom('block', 'warn'),
    })
    .map((drawn) => ({ ...notNull, ...drawn, atLeast: parsePercent(drawn.atLeast) }) as Check);
  const anyPromises = fc
    .uniqueArray(anyCheck, { selector: ({ id }) => id, minLength: 1 })
    .chain((checks) =>
      fc
        .nat(20)
        .map((bootstrapDays) =>
          promisesOf(pipelineOf(table('a.t', [], { checks, bootstrapDays }))),
        ),
    );

  it('is loosened by the present promises exactly as before: a signature takes nothing away', () => {
    fc.assert(
      fc.property(anyPromises, anyPromises, (before, after) => {
        const { promises } = comparePromises(before, after, [], TODAY);
        const asTexts = (all: ReturnType<typeof looseningsOf>) =>
          all.map((each) => JSON.stringify(each)).sort();
        expect(asTexts(looseningsOf(promises, after))).toEqual(
          asTexts(looseningsOf(before, after)),
        );
      }),
      { seed: 21, numRuns: 300 },
    );
  });

  it('is never less than what was accepted, and what is present where nothing was loosened', () => {
    let tightened = 0;
    fc.assert(
      fc.property(anyPromises, anyPromises, (before, after) => {
        const { promises } = comparePromises(before, after, [], TODAY);
        expect(looseningsOf(before, promises)).toEqual([]);
        if (looseningsOf(before, after).length > 0) return;
        tightened++;
        expect(JSON.stringify(promises)).toBe(JSON.stringify(after));
      }),
      { seed: 22, numRuns: 300 },
    );
    expect(tightened).toBeGreaterThan(5);
  });
});
