const FEWEST = 3;
const MOST_IN_REGULATION = 43;

/** A team's minutes: five players for 48, and for 5 more in each overtime. */
export function teamMinutes(overtimes: number): number {
  return 240 + 25 * overtimes;
}

/**
 * Whole minutes in proportion to the weights, each at least three and none beyond what a player
 * lasts. They add up to the team's minutes exactly; eight weights or more always suffice.
 */
export function shareMinutes(weights: readonly number[], overtimes: number): number[] {
  const total = teamMinutes(overtimes);
  const most = MOST_IN_REGULATION + 5 * overtimes;
  const sum = weights.reduce((a, b) => a + b, 0);
  const minutes = weights.map((weight) =>
    Math.min(most, Math.max(FEWEST, Math.round((total * weight) / sum))),
  );
  let missing = total - minutes.reduce((a, b) => a + b, 0);
  for (let at = 0; missing !== 0; at = (at + 1) % minutes.length) {
    const step = Math.sign(missing);
    const next = minutes[at]! + step;
    if (next < FEWEST || next > most) continue;
    minutes[at] = next;
    missing -= step;
  }
  return minutes;
}
