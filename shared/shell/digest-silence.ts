import type { MonitorStore } from '../ports/monitor-store.ts';
import type { Monitoring } from '../ports/monitoring.ts';

/** So long without a digest, and something that does not depend on it says so: a day, and two hours for one that is late. */
export const LONGEST_SILENCE_SECONDS = 26 * 3600;

/** Under this name it is kept when somebody first waited for a digest. */
const FIRST_WAIT = 'first-wait-for-a-digest';

/**
 * Seconds since the last digest that could look and was told. Where none ever was, since somebody first asked this.
 *
 * @returns null where the pipeline has no digest: nobody waits for one
 */
export async function secondsSinceLastDigest({
  monitors,
  definitionNow,
  now,
}: Pick<Monitoring, 'monitors' | 'definitionNow' | 'now'>): Promise<number | null> {
  const digests = definitionNow().pipeline.monitors.filter(
    ({ judges }) => judges.what === 'digest',
  );
  if (digests.length === 0) return null;
  const states = await Promise.all(digests.map(({ name }) => monitors.load(name)));
  const ends = states.flatMap(({ state: { runs, untold } }) =>
    (untold.length > 0 ? runs.slice(1) : runs).flatMap(({ verdict, endedAt }) =>
      verdict === 'UNKNOWN' ? [] : [endedAt],
    ),
  );
  const since = ends.sort().at(-1) ?? (await firstWait(monitors, now()));
  return Math.max(0, Math.round((Date.parse(now()) - Date.parse(since)) / 1000));
}

async function firstWait(monitors: MonitorStore, now: string): Promise<string> {
  const { version, state } = await monitors.load(FIRST_WAIT);
  const [first] = state.runs;
  if (first !== undefined) return first.endedAt;
  const run = {
    asked: FIRST_WAIT,
    due: now,
    startedAt: now,
    endedAt: now,
    findings: 0,
    evidence: null,
  };
  const runs = [
    { ...run, verdict: 'IDLE', message: 'somebody began to wait for a digest' } as const,
  ];
  await monitors.commit(FIRST_WAIT, version, { ...state, runs });
  return now;
}
