import { type Count, shareless } from './count.ts';
import type { NotEnough } from './not-enough.ts';

/** OK: at least 0.95 × old. DEGRADATION: below that. REGRESSION: below 0.90 × old. IMPROVEMENT: at least 1.05 × old. */
export type Band = 'OK' | 'DEGRADATION' | 'REGRESSION' | 'IMPROVEMENT';

/** No row held before and none holds now. Not an improvement, and not OK: only a fixed threshold can judge it. */
export type NothingOnBothSides = Readonly<{ kind: 'nothing-on-both-sides' }>;

/** The old value is 0 and the new one is not: any new value would be a gain, so there is no ratio. */
export type NoBaseline = Readonly<{ kind: 'no-baseline' }>;

export type ShareBand = Readonly<{
  kind: 'band';
  band: Band;
  /** Which of the two shares the band comes from: that of rows on which it holds, or of those on which it does not. */
  from: 'held' | 'missing';
}>;

/** The missing share must more than double… */
const MISSING_FACTOR = 2n;
/** …and grow by more than this, to be a DEGRADATION. */
const MISSING_PERCENTAGE_POINTS = 1n;

/**
 * A share against the same share of a baseline that passed its own gate. Exact: integers only.
 *
 * Near 100 % a ratio hides trouble: 99.5 → 94.6 % is 0.951 × old, with eleven times as much missing. So
 * a share is a DEGRADATION too when the missing share more than doubles and grows by more than 1 percentage
 * point. Doubling can say more than the ratio only above 95.2 % (there the missing share is less than the 5 % that the
 * ratio lets go). One point keeps chance out: in 1,000 rows at 99.5 % it is four standard errors.
 * REGRESSION stays with the ratio alone.
 *
 * @returns not enough when a side has no row, or is an impossible count
 */
export function bandShare(
  old: Count,
  now: Count,
): ShareBand | NothingOnBothSides | NoBaseline | NotEnough {
  const refused = shareless(old, 'the baseline') ?? shareless(now, 'the new share');
  if (refused !== null) return refused;
  if (old.k === 0) return { kind: now.k === 0 ? 'nothing-on-both-sides' : 'no-baseline' };

  const held = bandHeld(crossed(old.k, now.n), crossed(now.k, old.n));
  const lost =
    held === 'OK' &&
    missesMore(crossed(old.n - old.k, now.n), crossed(now.n - now.k, old.n), crossed(old.n, now.n));
  return lost
    ? { kind: 'band', band: 'DEGRADATION', from: 'missing' }
    : { kind: 'band', band: held, from: 'held' };
}

/** Both over the same denominator, `old.n × now.n`. */
function bandHeld(old: bigint, now: bigint): Band {
  if (100n * now < 90n * old) return 'REGRESSION';
  if (100n * now < 95n * old) return 'DEGRADATION';
  return 100n * now >= 105n * old ? 'IMPROVEMENT' : 'OK';
}

/** Both over the same denominator, `whole`. */
function missesMore(old: bigint, now: bigint, whole: bigint): boolean {
  return now > MISSING_FACTOR * old && 100n * (now - old) > MISSING_PERCENTAGE_POINTS * whole;
}

function crossed(part: number, otherWhole: number): bigint {
  return BigInt(part) * BigInt(otherWhole);
}
