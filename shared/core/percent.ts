import { PhasegateError } from './errors.ts';

/** A threshold in percent, kept as the integers it was written with: 99.5 is 995 / 10. */
export type Percent = Readonly<{ text: string; numerator: bigint; denominator: bigint }>;

/** @param value 0 to 1000 with up to six decimals, as written in the pipeline: `95`, `99.5` */
export function parsePercent(value: number): Percent {
  const text = String(value);
  const [, whole = '', decimals = ''] = /^(\d+)(?:\.(\d{1,6}))?$/.exec(text) ?? [];
  if (whole === '' || value > 1000) {
    throw new PhasegateError('invalid-input', `${text} is not a percentage from 0 to 1000`);
  }
  return {
    text,
    numerator: BigInt(whole + decimals),
    denominator: 10n ** BigInt(decimals.length),
  };
}

/** What is left to 100 percent: 99.5 of 0.5. Nothing is left of 100 and more. */
export function complementOf({ numerator, denominator }: Percent): Percent {
  const rest = 100n * denominator - numerator;
  if (rest <= 0n) return parsePercent(0);
  const decimals = String(denominator).length - 1;
  const digits = String(rest).padStart(decimals + 1, '0');
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - decimals);
  return {
    text: decimals === 0 || fraction === '' ? whole : `${whole}.${fraction}`,
    numerator: rest,
    denominator,
  };
}

/** Exact: `part` of `whole` reaches the threshold. False when there is no whole. */
export function reaches(part: number, whole: number, atLeast: Percent): boolean {
  if (whole <= 0) return false;
  return BigInt(part) * 100n * atLeast.denominator >= atLeast.numerator * BigInt(whole);
}

/** Exact: `part` of `whole` stays at or under the threshold. False when there is no whole. */
export function staysWithin(part: number, whole: number, atMost: Percent): boolean {
  if (whole <= 0) return false;
  return BigInt(part) * 100n * atMost.denominator <= atMost.numerator * BigInt(whole);
}

/** `776/848 (91.5%)`: how every report writes a share. Rounded towards the bad side, so 99.96 is never 100. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return `${part}/0`;
  const tenths = Math.floor((part * 1000) / whole);
  return `${part}/${whole} (${(tenths / 10).toFixed(1)}%)`;
}
