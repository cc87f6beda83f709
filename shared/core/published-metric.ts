import type { Instant } from './run.ts';

/** A number that a job published, of the last of its table's launches that wrote into the judged range. */
export type PublishedMetric = Readonly<{
  metric: string;
  value: number;
  launch: string;
  publishedAt: Instant;
  /** What the launch before it published; null when none did. */
  previous: number | null;
}>;
