/**
 * The answer of a method that has too little to go on, or numbers it cannot use. It stands where a
 * zero, a NaN or a pass would have lied; a check that gets one is UNKNOWN, with this reason.
 */
export type NotEnough = Readonly<{ kind: 'not-enough'; reason: string }>;

/** Points a history needs before one more is compared with it. */
export const LEAST_HISTORY = 8;

export function notEnough(reason: string): NotEnough {
  return { kind: 'not-enough', reason };
}

/** Why these values cannot be used, naming the first that is not a finite number; null when all can. */
export function unusable(values: readonly number[], what: string): NotEnough | null {
  const at = values.findIndex((value) => !Number.isFinite(value));
  return at === -1
    ? null
    : notEnough(`${what} ${at + 1} of ${values.length} is ${values[at]}, not a finite number`);
}

/** Null when there are at least {@link LEAST_HISTORY} of them. */
export function tooShort(length: number, what: string): NotEnough | null {
  return length >= LEAST_HISTORY
    ? null
    : notEnough(`${length} ${what}, at least ${LEAST_HISTORY} are needed`);
}
