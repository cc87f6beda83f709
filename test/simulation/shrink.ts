import { type Played, play } from './play.ts';
import { type Drawn, recordedTape } from './tape.ts';

/** A story that goes against the same invariant, with as little in it as could be found. */
export type Shrunk = Readonly<{ tape: Drawn; played: Played; tries: number }>;

type Entry = readonly [key: string, value: number];

/** Leaves out what was drawn, in ever smaller pieces, and makes small what cannot be left out, as long as the same invariant breaks. */
export async function shrink(
  drawn: Drawn,
  invariant: string,
  maximumTries = 1500,
): Promise<Shrunk> {
  let tries = 0;
  let best: readonly Entry[] = [...drawn];
  const attempt = async (entries: readonly Entry[]) => {
    if (tries >= maximumTries) return false;
    tries += 1;
    const { violations } = await play(recordedTape(new Map(entries)), new Map(), false);
    if (violations[0]?.invariant !== invariant) return false;
    best = entries;
    return true;
  };
  for (let before = Number.POSITIVE_INFINITY; weight(best) < before && tries < maximumTries; ) {
    before = weight(best);
    for (
      let size = Math.ceil(best.length / 2);
      size >= 1;
      size = size > 1 ? Math.ceil(size / 2) : 0
    ) {
      for (let at = 0; at < best.length; ) {
        if (!(await attempt([...best.slice(0, at), ...best.slice(at + size)]))) at += size;
      }
    }
    for (let at = 0; at < best.length; at++) {
      for (let value = best[at]![1]; value > 1; ) {
        value = Math.floor(value / 2);
        if (!(await attempt(best.with(at, [best[at]![0], value])))) break;
      }
    }
  }
  const tape = new Map(best);
  return { tape, played: await play(recordedTape(tape), new Map(), true), tries };
}

function weight(entries: readonly Entry[]): number {
  return entries.reduce((sum, [, value]) => sum + value, entries.length);
}
