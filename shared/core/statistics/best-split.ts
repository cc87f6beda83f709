/** Points each side of a split needs. */
const SHORTEST_SIDE = 2;

/** What a split of the points into `at` and the rest would say. */
export type Split = Readonly<{ gain: number; before: number; after: number }>;

/**
 * The split with the largest gain of those whose levels are levels: more than half of the points on each side lie
 * nearer to their own side's level than to the other's. Else one odd point would pass for a change wherever it lies near
 * an end. The first of equals; null when there is none.
 */
export function bestSplit(
  points: readonly number[],
  splitAt: (at: number) => Split,
): Readonly<{ at: number; gain: number }> | null {
  let best: Readonly<{ at: number; gain: number }> | null = null;
  for (let at = SHORTEST_SIDE; at <= points.length - SHORTEST_SIDE; at++) {
    const { gain, before, after } = splitAt(at);
    if (best !== null && gain <= best.gain) continue;
    const near = mostAreNearer(points.slice(0, at), before, after);
    if (near && mostAreNearer(points.slice(at), after, before)) best = { at, gain };
  }
  return best;
}

function mostAreNearer(points: readonly number[], own: number, other: number): boolean {
  const near = points.filter((x) => Math.abs(x - own) < Math.abs(x - other)).length;
  return near * 2 > points.length;
}
