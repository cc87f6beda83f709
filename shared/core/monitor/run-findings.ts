import type { Pipeline } from '../pipeline.ts';
import { isAtRest, type RunState } from '../run.ts';
import { spanTexts } from '../view/day-spans.ts';
import type { Finding } from './finding.ts';
import type { AlertSeverity } from './monitor.ts';

/** The reconciler stops a run at its deadline, and has this long to do it. */
const STOPPED_BY_MINUTES = 10;

/**
 * Runs that nobody carries on: refused or failed, left alone, and not made good by a later run of the same request; and such
 * as went on past their deadline although they are stopped there.
 */
export function runFindings(
  runs: readonly Readonly<{ state: RunState; pipeline: Pipeline }>[],
  { severity, leftAloneMinutes }: Readonly<{ severity: AlertSeverity; leftAloneMinutes: number }>,
  now: string,
): readonly Finding[] {
  const minutesSince = (instant: string) => (Date.parse(now) - Date.parse(instant)) / 60_000;
  return runs.flatMap(({ state, pipeline }): Finding[] => {
    const { run, status, request, since, endedAt, message } = state;
    const days = [{ from: request.from, to: request.to }];
    const about = { severity, days: [], details: message === null ? [] : [message] };
    if (!isAtRest(status)) {
      if (minutesSince(since) < pipeline.deadlines.runMinutes + STOPPED_BY_MINUTES) return [];
      const title = `run ${run} is ${status} past its deadline of ${pipeline.deadlines.runMinutes} minutes`;
      return [{ ...about, cause: `run/${run}`, title, next: `npx phasegate status ${run}` }];
    }
    if (status !== 'blocked' && status !== 'failed') return [];
    if (minutesSince(endedAt ?? since) < leftAloneMinutes) return [];
    if (runs.some((other) => makesGood(other.state, state))) return [];
    const title = `run ${run} of ${spanTexts(days)} is ${status}, and left alone`;
    return [{ ...about, cause: `run/${run}`, title, next: `npx phasegate explain ${run}` }];
  });
}

function makesGood(other: RunState, { request, since }: RunState): boolean {
  const isSame =
    other.request.pipeline === request.pipeline &&
    other.request.from <= request.from &&
    other.request.to >= request.to &&
    request.phases.every((phase) => other.request.phases.includes(phase));
  return isSame && other.since > since && other.status === 'passed';
}
