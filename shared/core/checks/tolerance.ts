/** What summing FLOAT64 in another order may change, as a share of the larger number. */
const ROUNDING = 1e-9;

/** |left − right| ≤ tolerance, but for the rounding of FLOAT64 sums. False when either is NULL. */
export function isWithin(left: number | null, right: number | null, tolerance: number): boolean {
  if (left === null || right === null) return false;
  const rounding = ROUNDING * Math.max(1, Math.abs(left), Math.abs(right));
  return Math.abs(left - right) <= tolerance + rounding;
}

/** A number for a person: at most four decimals. */
export function spoken(value: number | null): string {
  return value === null ? 'NULL' : String(Math.round(value * 1e4) / 1e4);
}
