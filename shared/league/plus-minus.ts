import type { Random } from './random.ts';

/**
 * How the score moved while each player was on the floor. Five are on the floor at any time, so the
 * sum is five times the margin.
 */
export function sharePlusMinus(
  minutes: readonly number[],
  margin: number,
  random: Random,
): number[] {
  const game = minutes.reduce((a, b) => a + b, 0) / 5;
  const luck = minutes.map((own) => 1.3 * Math.sqrt(own) * random.normal());
  const drift = luck.reduce((a, b) => a + b, 0) / minutes.length;
  const shares = minutes.map((own, at) => Math.round((margin * own) / game + luck[at]! - drift));
  let missing = 5 * margin - shares.reduce((a, b) => a + b, 0);
  for (let at = 0; missing !== 0; at = (at + 1) % shares.length) {
    shares[at]! += Math.sign(missing);
    missing -= Math.sign(missing);
  }
  return shares;
}
