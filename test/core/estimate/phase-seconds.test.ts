import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phaseSeconds, type TableSeconds } from '../../../shared/core/estimate/phase-seconds.ts';
import { parseTableName } from '../../../shared/core/ids.ts';

const name = (letter: string) => parseTableName(`a.${letter}`);
const of = (letter: string, job: number | null, gate: number, needs = ''): TableSeconds => ({
  table: name(letter),
  needs: [...needs].map(name),
  job,
  gate,
});

describe('the seconds of a phase', () => {
  it('are those of the longest chain where places are plenty, gates among them', () => {
    const tables = [of('a', 10, 1), of('b', 20, 1, 'a'), of('c', 25, 1)];
    expect(phaseSeconds(tables, 9)).toBe(32);
  });

  it('are those of all jobs in turn with one place, while gates take none', () => {
    const tables = [of('a', 10, 100), of('b', 20, 1), of('c', 30, 1)];
    expect(phaseSeconds(tables, 1)).toBe(110);
    expect(phaseSeconds(tables.slice(1), 1)).toBe(51);
  });

  it('begin a table when a place is free, in the order in which they are declared', () => {
    const tables = [of('a', 10, 0), of('b', 10, 0), of('c', 10, 0), of('d', 10, 0, 'c')];
    expect(phaseSeconds(tables, 2)).toBe(30);
  });

  it('of a table without a job are those of its gate, whatever is running', () => {
    expect(phaseSeconds([of('a', 10, 0), of('b', null, 3)], 1)).toBe(10);
    expect(phaseSeconds([of('b', null, 3), of('a', 10, 0, 'b')], 1)).toBe(13);
  });

  it('do not wait for what is not among the tables', () => {
    expect(phaseSeconds([of('a', 10, 2, 'z')], 1)).toBe(12);
  });

  it('of no table are none', () => {
    expect(phaseSeconds([], 2)).toBe(0);
  });

  it('are never below the longest chain, the work over the places, or above everything in turn', () => {
    const tables = fc
      .array(fc.record({ job: fc.nat(50), gate: fc.nat(9), behind: fc.nat(30) }), { maxLength: 8 })
      .map((parts) =>
        parts.map(({ job, gate, behind }, index) =>
          of('abcdefgh'[index] ?? 'z', job, gate, 'abcdefgh'.slice(behind % (index + 1), index)),
        ),
      );
    fc.assert(
      fc.property(tables, fc.integer({ min: 1, max: 4 }), (all, places) => {
        const found = phaseSeconds(all, places);
        const jobs = all.reduce((sum, { job }) => sum + (job ?? 0), 0);
        const gates = all.reduce((sum, { gate }) => sum + gate, 0);
        expect(found).toBeGreaterThanOrEqual(jobs / places);
        expect(found).toBeGreaterThanOrEqual(phaseSeconds(all, 99));
        expect(found).toBeLessThanOrEqual(jobs + gates);
      }),
    );
  });
});
