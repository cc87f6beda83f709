import { type Played, play } from './play.ts';
import { type Drawn, freshTape } from './tape.ts';

/** What came of many stories. */
export type Tally = {
  runs: number;
  steps: number;
  /** Troubles by kind. */
  met: Map<string, number>;
  cells: Map<string, number>;
  ended: Map<string, number>;
  violations: { run: number; invariant: string; message: string; drawn: Drawn }[];
};

export function emptyTally(): Tally {
  return { runs: 0, steps: 0, met: new Map(), cells: new Map(), ended: new Map(), violations: [] };
}

/** Tells the stories of a seed from one number up to, but not including, another. */
export async function tell(seed: string, from: number, to: number): Promise<Tally> {
  const tally = emptyTally();
  for (let run = from; run < to; run++) {
    const played: Played = await play(freshTape(seed, run), tally.cells, false);
    tally.runs += 1;
    tally.steps += played.steps;
    addAll(tally.met, played.met);
    addAll(tally.ended, new Map([[played.ended, 1]]));
    for (const each of played.violations.slice(0, 1)) {
      tally.violations.push({ run, ...each, drawn: played.drawn });
    }
  }
  return tally;
}

export function merge(into: Tally, other: Tally): void {
  into.runs += other.runs;
  into.steps += other.steps;
  addAll(into.met, other.met);
  addAll(into.cells, other.cells);
  addAll(into.ended, other.ended);
  into.violations.push(...other.violations);
}

function addAll(into: Map<string, number>, other: ReadonlyMap<string, number>): void {
  for (const [key, count] of other) into.set(key, (into.get(key) ?? 0) + count);
}
