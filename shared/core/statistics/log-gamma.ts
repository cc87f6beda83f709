/** ln Γ(x) for x > 0 to 10 digits: Stirling's series (Abramowitz and Stegun 6.1.41), after the recurrence lifts x to 10. */
export function logGamma(x: number): number {
  let lifted = x;
  let product = 1;
  for (; lifted < 10; lifted++) product *= lifted;
  const r = 1 / lifted;
  const tail = r * (1 / 12 - r * r * (1 / 360 - r * r * (1 / 1260 - (r * r) / 1680)));
  const stirling = (lifted - 0.5) * Math.log(lifted) - lifted + 0.5 * Math.log(2 * Math.PI) + tail;
  return stirling - Math.log(product);
}
