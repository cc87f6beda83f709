import { randomOf } from '../../shared/league/random.ts';

/**
 * All chance of a story. Whoever draws says at which place of the story: what is drawn at one place
 * does not depend on the others. 0 always means that nothing unusual happens.
 */
export type Tape = {
  /** From 0 up to, but not including, `below`; each as likely. */
  draw(place: string, below: number): number;
  /** 0, or in `perMille` of 1000 cases one of 1 to `choices`. */
  rarely(place: string, perMille: number, choices: number): number;
  /** From now on everything is usual, and nothing is drawn any more. */
  calm(): void;
  isCalm(): boolean;
  /** All that was drawn so far and is not 0, by place and by how often was drawn there before. */
  readonly drawn: Drawn;
};

export type Drawn = ReadonlyMap<string, number>;

/** A tape without end; the same key gives the same one. */
export function freshTape(...key: readonly (string | number)[]): Tape {
  const { unit } = randomOf(...key);
  const counts = new Map<string, number>();
  return tapeOf((place, perMille, choices) => {
    const count = (counts.get(place) ?? 0) + 1;
    counts.set(place, count);
    if (perMille < 1000 && unit() * 1000 >= perMille) return null;
    const value = Math.floor(unit() * choices) + (perMille < 1000 ? 1 : 0);
    return value === 0 ? null : { key: `${place}#${count}`, value };
  });
}

/** Plays what was drawn before; everywhere else 0. */
export function recordedTape(recorded: Drawn): Tape {
  const counts = new Map<string, number>();
  return tapeOf((place, perMille, choices) => {
    const count = (counts.get(place) ?? 0) + 1;
    counts.set(place, count);
    const key = `${place}#${count}`;
    const value = recorded.get(key) ?? 0;
    const highest = perMille < 1000 ? choices : choices - 1;
    return value === 0 ? null : { key, value: Math.min(value, highest) };
  });
}

type Draw = (
  place: string,
  perMille: number,
  choices: number,
) => Readonly<{ key: string; value: number }> | null;

function tapeOf(next: Draw): Tape {
  const drawn = new Map<string, number>();
  let isCalm = false;
  const take = (place: string, perMille: number, choices: number) => {
    if (isCalm || choices === 0) return 0;
    const found = next(place, perMille, choices);
    if (found === null) return 0;
    drawn.set(found.key, found.value);
    return found.value;
  };
  return {
    draw: (place, below) => take(place, 1000, below),
    rarely: (place, perMille, choices) =>
      perMille <= 0 ? 0 : take(place, Math.min(perMille, 999), choices),
    calm: () => {
      isCalm = true;
    },
    isCalm: () => isCalm,
    drawn,
  };
}

/** A moment of a story, in milliseconds from now: most lie in its first minute. */
export function momentOf(tape: Tape, place: string): number {
  const unit = [700, 3_000, 15_000, 120_000][tape.draw(`${place} unit`, 4)] ?? 0;
  return tape.draw(`${place} moment`, 24) * unit;
}
