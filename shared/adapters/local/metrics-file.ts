import { existsSync, readFileSync } from 'node:fs';
import { readJobMetrics } from '../../edge/job-metrics.ts';

export type FoundMetrics = Readonly<{
  metrics: Readonly<Record<string, number>>;
  /** Why the file was not taken; the empty text when it was, or when there is none. */
  trouble: string;
}>;

/** What a job left in its metrics file. Numbers that cannot be read are none, and said. */
export function takeMetrics(file: string): FoundMetrics {
  if (!existsSync(file)) return { metrics: {}, trouble: '' };
  try {
    return { metrics: readJobMetrics(readFileSync(file, 'utf8')), trouble: '' };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { metrics: {}, trouble: why.slice(0, 1000) };
  }
}
