/** 97.5 % quantile of the standard normal distribution: 95 % lie within ± this many standard deviations. */
export const Z_95 = 1.959963984540054;

/** Probability that a standard normal value lies at least |z| from 0; 0 for |z| beyond 38. */
export function normalTwoSidedP(z: number): number {
  return complementaryError(Math.abs(z) / Math.SQRT2);
}

/**
 * erfc(x) for x ≥ 0 to 12 digits, so that tiny p-values keep their order: the series 7.1.6 of
 * Abramowitz and Stegun (1964) below 2.5, their continued fraction 7.1.14 above.
 */
function complementaryError(x: number): number {
  const density = (2 * Math.exp(-x * x)) / Math.sqrt(Math.PI);
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; term > sum * 1e-17; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - density * sum;
  }
  let fraction = x;
  for (let n = 80; n >= 1; n--) fraction = x + n / 2 / fraction;
  return density / (2 * fraction);
}
