import type { PlanEstimate } from '../estimate/plan-estimate.ts';
import { USD_PER_TIB, usdOf } from '../estimate/price.ts';
import type { Spread } from '../estimate/sample.ts';
import { clockAt } from '../time-zone.ts';

/** An estimate for machines: seconds and bytes as `low`, `middle` and `high`; null is not known, never 0. */
export function estimateJson(estimate: PlanEstimate) {
  const { now, timeZone, tables, phases, seconds, limits, gateBytes, jobBytes, unread } = estimate;
  const instants = (after: Spread | null) =>
    after === null
      ? null
      : { low: at(now, after.low), middle: at(now, after.middle), high: at(now, after.high) };
  const bytes = [...jobBytes.values()];
  const known = bytes.flatMap((each) => each ?? []);
  const ofJobs = known.reduce((sum, each) => sum + each.bytes, 0);
  const isWhole = known.length === bytes.length;
  return {
    now,
    timeZone,
    offset: clockAt(Date.parse(now), timeZone).offset,
    unread,
    tables,
    phases: phases.map((each) => ({ ...each, ends: instants(each.endsAfter) })),
    seconds,
    ends: instants(seconds),
    limits,
    bytes: {
      gates: gateBytes,
      jobs: isWhole ? ofJobs : null,
      byTable: Object.fromEntries(jobBytes),
      isAtLeast: known.some((each) => each.isAtLeast),
    },
    usd: gateBytes === null || !isWhole ? null : usdOf(gateBytes.middle + ofJobs),
    usdPerTib: USD_PER_TIB,
  };
}

function at(now: string, seconds: number): string {
  return new Date(Date.parse(now) + seconds * 1000).toISOString();
}
