import { describe, expect, it } from 'vitest';
import type { Check } from '../../../shared/core/check.ts';
import type { DaysSucceeded } from '../../../shared/core/checks/days-succeeded.ts';
import { daySetOf, parseDaySet } from '../../../shared/core/day-set.ts';
import type { TableFacts } from '../../../shared/core/judge/facts.ts';
import { judgeTable } from '../../../shared/core/judge/judge-table.ts';
import { parsePercent } from '../../../shared/core/percent.ts';
import { checkProblems } from '../../../shared/core/validate-checks.ts';
import { dayCoverage, pipelineOf, table } from '../build.ts';
import { base, checkOf, D1, D2, dayWith, facts, notNull } from '../table-facts.ts';

const check: DaysSucceeded = {
  ...base,
  id: 'succeeded',
  kind: 'days-succeeded',
  atLeast: parsePercent(50),
};
const strict: DaysSucceeded = { ...check, atLeast: parsePercent(51) };
const of = (checks: readonly Check[], more: Partial<TableFacts> = {}) =>
  facts(checks, [[D1, dayWith(4)]], more);

describe('days-succeeded', () => {
  it('is exact at its threshold and names the days that did not succeed', () => {
    expect(checkOf('succeeded', of([check, dayCoverage]))).toMatchObject({
      verdict: 'PASS',
      observed: '1/2 (50.0%) days succeeded',
    });
    expect(checkOf('succeeded', of([strict, dayCoverage]))).toMatchObject({
      verdict: 'FAIL',
      days: daySetOf([D2]),
    });
  });

  it('counts a stale day as one that did not succeed', () => {
    const all = of([strict, dayCoverage], { expected: daySetOf([D1]), stale: daySetOf([D1]) });
    expect(checkOf('succeeded', all)?.verdict).toBe('FAIL');
  });

  it('is judged after the others and told in the order of the file', () => {
    const ids = judgeTable(of([check, dayCoverage])).checks.map(({ id }) => id);
    expect(ids).toEqual(['succeeded', 'days', 'fresh', 'placed', 'schema']);
  });

  it('verifies no day while another blocking check could not be evaluated', () => {
    const found = checkOf('succeeded', of([check, { ...notNull, where: 'minutes > 0' }]));
    expect(found?.verdict).toBe('UNKNOWN');
    expect(found?.message).toContain('points could not be evaluated');
  });

  it('verifies no day where it is judged alone, or no other check applies', () => {
    const floor: Check = {
      ...dayCoverage,
      applies: { from: D1, to: parseDaySet('2022-12-31')[0]!.to },
    };
    for (const checks of [[check], [check, floor]]) {
      expect(checkOf('succeeded', of(checks))?.verdict).toBe('UNKNOWN');
    }
  });

  it('asks for no day that is waived', () => {
    const waiver = {
      table: table('a.t').name,
      check: 'succeeded',
      days: daySetOf([D2]),
      reason: 'arena closed',
      who: 'ana',
      until: parseDaySet('2026-12-31')[0]!.to,
    };
    const found = checkOf('succeeded', of([strict, dayCoverage], { waivers: [waiver] }));
    expect(found).toMatchObject({ verdict: 'WARN', observed: '1/1 (100.0%) days succeeded' });
  });

  it('is refused where nothing else could say that a day succeeded', () => {
    const alone = table('a.t', [], { checks: [check] });
    expect(checkProblems(pipelineOf(alone), alone)).toHaveLength(1);
    const beside = table('a.t', [], { checks: [check, dayCoverage] });
    expect(checkProblems(pipelineOf(beside), beside)).toEqual([]);
  });
});
