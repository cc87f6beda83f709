import { describe, expect, it } from 'vitest';
import type { Sql } from '../../../shared/core/checks/sql.ts';
import { daySetOf } from '../../../shared/core/day-set.ts';
import type { Day } from '../../../shared/core/days.ts';
import { parseTableName } from '../../../shared/core/ids.ts';
import { parsePercent } from '../../../shared/core/percent.ts';
import { checkProblems } from '../../../shared/core/validate-checks.ts';
import { pipelineOf, sameDay, table } from '../build.ts';
import { base, checkOf, D1, D2, dayWith, facts, half, itemsOf } from '../table-facts.ts';

const { where: _, ...thresholds } = half;
const check: Sql = {
  ...base,
  ...thresholds,
  id: 'own',
  kind: 'sql',
  breaks: 'SELECT game_date FROM `a.t` WHERE points < 0',
  population: 'SELECT game_date, COUNT(*) AS population FROM `a.t` GROUP BY game_date',
  reads: [],
  atLeast: parsePercent(100),
  perDay: parsePercent(100),
};
const [item = ''] = itemsOf(check);
const found = (...days: [Day, number, number][]) =>
  checkOf(
    'own',
    facts(
      [check],
      days.map(([day, population, breaks]) => [
        day,
        dayWith(9, { [item]: [[null, population, breaks]] }),
      ]),
    ),
  );

describe('sql', () => {
  it('passes when no row breaks it, of rows that could', () => {
    expect(found([D1, 4, 0], [D2, 5, 0])).toMatchObject({
      verdict: 'PASS',
      observed: '9/9 (100.0%)',
    });
  });

  it('fails for one breaking row and names its day', () => {
    expect(found([D1, 4, 0], [D2, 5, 1])).toMatchObject({
      verdict: 'FAIL',
      observed: '8/9 (88.8%)',
      days: daySetOf([D2]),
    });
  });

  it('shows nothing where no row could break it', () => {
    expect(found([D1, 0, 0])?.verdict).toBe('UNKNOWN');
    const silent = facts([check], [[D1, dayWith(9, { [item]: [] })]]);
    expect(checkOf('own', silent)?.verdict).toBe('UNKNOWN');
  });

  it('is UNKNOWN when more rows break it on a day than there are', () => {
    const all = found([D1, 100, 0], [D2, 1, 2]);
    expect(all).toMatchObject({ verdict: 'UNKNOWN', days: daySetOf([D2]) });
    expect(all?.message).toContain('do not belong together');
  });

  it('is refused when it reads a table without saying so', () => {
    const other = { ...check, breaks: 'SELECT game_date FROM `a.t` JOIN `a.u` USING (game_date)' };
    const problems = (of: Sql) => {
      const own = table('a.t', [sameDay('a.u')], { checks: [of] });
      return checkProblems(pipelineOf(own, table('a.u')), own);
    };
    expect(problems(check)).toEqual([]);
    expect(problems(other)[0]?.message).toContain('reads: [a.u]');
    expect(problems({ ...other, reads: [parseTableName('a.u')] })).toEqual([]);
  });
});
