import { expect, it } from 'vitest';
import { fisherExactP } from '../../../shared/core/statistics/fisher-exact.ts';
import { logGamma } from '../../../shared/core/statistics/log-gamma.ts';
import { normalTwoSidedP } from '../../../shared/core/statistics/normal.ts';
import { studentTwoSidedP } from '../../../shared/core/statistics/student-t.ts';

const closeTo = (value: number, expected: number) =>
  expect(Math.abs(value / expected - 1)).toBeLessThan(1e-9);

it.each([
  [0.5, 0.6170750774519738],
  [1, 0.31731050786291415],
  [1.959963984540054, 0.05],
  [3.5, 0.00046525815807105],
  [5, 5.733031437583866e-7],
  [6, 1.973175290075396e-9],
  [10, 1.523970604832094e-23],
])('a normal value lies %d from 0 with the tabulated probability, on both sides', (z, p) => {
  closeTo(normalTwoSidedP(z), p);
  expect(normalTwoSidedP(-z)).toBe(normalTwoSidedP(z));
});

it('a normal value lies at least 0 from 0 for certain', () => {
  expect(normalTwoSidedP(0)).toBe(1);
});

it('the two formulas of the normal tail meet', () => {
  const seam = 2.5 * Math.SQRT2;
  closeTo(normalTwoSidedP(seam - 1e-13), normalTwoSidedP(seam + 1e-13));
});

it.each([
  [1, 1, 0.5],
  [2, 3, 0.13932596855884305],
  [2.228138852, 10, 0.05],
  [3, 2.96, 0.05866063117538556],
  [0.1, 370, 0.9203984856145221],
])('Student t of %d with %d degrees of freedom has the tabulated probability', (t, degrees, p) => {
  closeTo(studentTwoSidedP(t, degrees), p);
});

it('Student t has heavier tails than the normal and becomes it with many degrees', () => {
  expect(studentTwoSidedP(3.5, 3)).toBeGreaterThan(50 * normalTwoSidedP(3.5));
  expect(studentTwoSidedP(3.5, 1e4) / normalTwoSidedP(3.5)).toBeCloseTo(1, 1);
  expect([studentTwoSidedP(0, 3), studentTwoSidedP(Number.POSITIVE_INFINITY, 3)]).toEqual([1, 0]);
});

it('ln Γ continues the factorial', () => {
  closeTo(logGamma(11), Math.log(3_628_800));
  closeTo(logGamma(0.5), Math.log(Math.sqrt(Math.PI)));
  closeTo(logGamma(101), 363.73937555556347);
});

it('the exact test adds up the tables that are no more likely than the one seen', () => {
  closeTo(fisherExactP({ k: 3, n: 4 }, { k: 1, n: 4 }), (1 + 16 + 16 + 1) / 70);
  closeTo(fisherExactP({ k: 8, n: 10 }, { k: 1, n: 6 }), 0.034965034965034975);
});
