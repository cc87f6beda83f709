/** One figure: its labels, each of a few known words, and how much. */
export type Point = Readonly<{ labels: Readonly<Record<string, string>>; value: number }>;

/**
 * Figures of one kind, named and counted as OpenTelemetry does: https://opentelemetry.io/docs/specs/semconv/general/metrics/.
 * `gauge`: so it is now. `counted`: so much came since it was last sent.
 */
export type Metric = Readonly<{
  name: string;
  unit: string;
  description: string;
  kind: 'gauge' | 'counted';
  points: readonly Point[];
}>;

/** A point for each word, of those that do not occur as well: what is gone is 0, and not unknown. */
export function pointsBy(
  label: string,
  words: readonly string[],
  found: readonly string[],
): readonly Point[] {
  return words.map((word) => ({
    labels: { [label]: word },
    value: found.filter((each) => each === word).length,
  }));
}
