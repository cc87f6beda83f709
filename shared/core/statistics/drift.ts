import { type NotEnough, notEnough } from './not-enough.ts';

/**
 * How far two distributions lie apart. `act` from 0.25 and `look` from 0.1 on, the bounds of credit scoring (Siddiqi, Credit
 * Risk Scorecards, 2006); `nothing` below, where enough rows were seen to know.
 */
export type Drift = Readonly<{
  kind: 'drift';
  distance: number;
  level: 'nothing' | 'look' | 'act';
}>;

/** Nothing below this is worth a look. */
export const LOOK_FROM = 0.1;
const ACT_FROM = 0.25;

/** Rows per bin. Both sides have the same bins, in the same order. */
export type Bins = readonly number[];

/**
 * Few rows cannot show that nothing happened; a distance that chance does not explain they show all the same.
 *
 * @param noise the distance that chance alone stays under in 95 % of cases
 */
export function driftOf(distance: number, noise: number): Drift | NotEnough {
  if (noise > LOOK_FROM && distance < ACT_FROM + noise) {
    const rounded = noise.toFixed(2);
    return notEnough(`with so few rows chance alone reaches ${rounded}, and 0.1 means something`);
  }
  const level = distance >= ACT_FROM ? 'act' : distance >= LOOK_FROM ? 'look' : 'nothing';
  return { kind: 'drift', distance, level };
}

/** Null for at least two bins, the same number on both sides, whole counts, and rows on both sides. */
export function unbinnable(old: Bins, now: Bins): NotEnough | null {
  if (old.length !== now.length || old.length < 2) {
    return notEnough(`${old.length} and ${now.length} bins, the same number from 2 on is needed`);
  }
  if (![...old, ...now].every((count) => Number.isSafeInteger(count) && count >= 0)) {
    return notEnough('a bin does not hold a whole number of rows');
  }
  if (rowsOf(old) === 0) return notEnough('the baseline has no row');
  return rowsOf(now) === 0 ? notEnough('the new side has no row') : null;
}

export function rowsOf(bins: Bins): number {
  return bins.reduce((sum, count) => sum + count, 0);
}
