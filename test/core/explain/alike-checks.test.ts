import { expect, it } from 'vitest';
import { explainTable } from '../../../shared/core/explain/explain-table.ts';
import { dayCoverage, pipelineOf, table } from '../build.ts';
import { around, jan, judged } from './judged.ts';

const twice = pipelineOf(
  table('a.t', [], { checks: [dayCoverage, { ...dayCoverage, id: 'days-again' }] }),
);

it('checks with the same cause are told once', () => {
  const { checks } = explainTable(around(twice, []), judged(twice, 'a.t', jan('2')));
  expect(checks.map(({ check, alike }) => [check.id, alike.map(({ id }) => id)])).toEqual([
    ['days', ['days-again']],
  ]);
});

it('their cause names the days of each of them, and what became of these', () => {
  const { judgement, ...rest } = judged(twice, 'a.t', jan('2,6'));
  const checks = judgement.checks.map((check) => ({
    ...check,
    days: jan(check.id === 'days' ? '2' : '6'),
  }));
  const told = explainTable(around(twice, []), { ...rest, judgement: { ...judgement, checks } });
  expect(told.checks).toMatchObject([{ root: { days: jan('2,6'), runs: { ranEmpty: 2 } } }]);
});
