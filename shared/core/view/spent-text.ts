import { gib } from '../monitor/cost-findings.ts';
import type { RunReport } from '../report.ts';
import type { RunState } from '../run.ts';
import { timeSpan } from './time-span.ts';

const TEN_MINUTES_MS = 600_000;
const MIB = 2 ** 20;

/** `14 job minutes, 3.2 GiB read`: what a run has spent, its gates with it. */
export function spentText({ spent }: Pick<RunState, 'spent'>): string {
  const minutes = spent.jobMinutes < 10 ? spent.jobMinutes.toFixed(1) : spent.jobMinutes.toFixed(0);
  return `${minutes} job minutes, ${bytesText(spent.bytes)} read`;
}

/** How long a run took from its start to its end, repairs and waiting included; null while it goes on. */
export function tookText({ startedAt, endedAt }: RunReport): string | null {
  if (endedAt === null || startedAt === '') return null;
  const ms = Date.parse(endedAt) - Date.parse(startedAt);
  return ms < TEN_MINUTES_MS ? `${(ms / 1000).toFixed(1)} s` : timeSpan(ms);
}

/** `estimated: 12 min, 3.0 GiB`; null where nobody estimated it. */
export function estimateText({ estimated }: RunReport): string | null {
  if (estimated === undefined) return null;
  const { minutes, bytes } = estimated;
  return `estimated: ${timeSpan(minutes * 60_000)}${bytes === null ? '' : `, ${bytesText(bytes)}`}`;
}

function bytesText(bytes: number): string {
  return bytes < 100 * MIB ? `${(bytes / MIB).toFixed(1)} MiB` : gib(bytes);
}
