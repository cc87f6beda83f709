import { logGamma } from './log-gamma.ts';

/**
 * Probability that Student's t with `degrees` > 0 of freedom (not only whole ones) lies at least |t| from 0:
 * the incomplete beta function I(ν/(ν+t²); ν/2, 1/2) (Abramowitz and Stegun 26.7.1).
 */
export function studentTwoSidedP(t: number, degrees: number): number {
  const a = degrees / 2;
  const b = 0.5;
  const x = degrees / (degrees + t * t);
  if (x === 0) return 0;
  if (x === 1) return 1;
  const logScale =
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  const scale = Math.exp(logScale);
  return x < (a + 1) / (a + b + 2)
    ? (scale * betaFraction(x, a, b)) / a
    : 1 - (scale * betaFraction(1 - x, b, a)) / b;
}

/** The continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8), from its 200th term back. */
function betaFraction(x: number, a: number, b: number): number {
  let fraction = 1;
  for (let m = 200; m >= 1; m--) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m - 1) * (a + b + m - 1) * x) / ((a + 2 * m - 2) * (a + 2 * m - 1));
    fraction = 1 + odd / (1 + even / fraction);
  }
  return 1 / fraction;
}
