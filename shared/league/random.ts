/**
 * A stream of numbers that depends on its key and on nothing else: the same key gives the same
 * stream on every machine. Only additions, multiplications and square roots are used, which are
 * exact everywhere.
 */
export type Random = Readonly<{
  /** From 0 up to, but not including, 1. */
  unit: () => number;
  /** A whole number; both ends are possible. */
  int: (from: number, to: number) => number;
  chance: (probability: number) => boolean;
  /** Mean 0, standard deviation 1, never beyond 3.5: bounded, so that no tail can break a range. */
  normal: () => number;
  /** `items` must not be empty. */
  pick: <T>(items: readonly T[]) => T;
  /** An index, each as likely as its weight; at least one weight must be above zero. */
  weighted: (weights: readonly number[]) => number;
  /** A new list. */
  shuffled: <T>(items: readonly T[]) => T[];
}>;

/** Streams of different keys do not resemble one another; name the key after what the stream decides. */
export function randomOf(...key: readonly (string | number)[]): Random {
  const unit = sfc32(key.join('|'));
  const int = (from: number, to: number) => from + Math.floor(unit() * (to - from + 1));
  return {
    unit,
    int,
    chance: (probability) => unit() < probability,
    normal: () => (unit() + unit() + unit() + unit() - 2) * Math.sqrt(3),
    pick: (items) => items[int(0, items.length - 1)]!,
    weighted: (weights) => {
      let sum = 0;
      for (const weight of weights) sum += weight;
      let rest = unit() * sum;
      for (let index = 0; index < weights.length; index++) {
        rest -= weights[index]!;
        if (rest < 0) return index;
      }
      return weights.findLastIndex((weight) => weight > 0);
    },
    shuffled: (items) => {
      const deck = [...items];
      for (let last = deck.length - 1; last > 0; last--) {
        const other = int(0, last);
        [deck[last], deck[other]] = [deck[other]!, deck[last]!];
      }
      return deck;
    },
  };
}

/** Chris Doty-Humphrey's small fast counter generator, seeded by a hash of the text. */
function sfc32(text: string): () => number {
  const hash = fnv1a(text);
  let [a, b, c, counter] = [hash, hash ^ 0x9e3779b9, text.length, 1];
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 12; warmUp++) next();
  return next;
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}
