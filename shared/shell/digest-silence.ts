import type { Monitoring } from '../ports/monitoring.ts';

/** So long without a digest, and something that does not depend on it says so: a day, and two hours for one that is late. */
export const LONGEST_SILENCE_SECONDS = 26 * 3600;

/**
 * Seconds since a digest last ended. Where none ever did, since any monitor first did; 0 where nothing ever looked.
 *
 * @returns null where the pipeline has no digest: nobody waits for one
 */
export async function secondsSinceLastDigest({
  monitors,
  definitionNow,
  now,
}: Pick<Monitoring, 'monitors' | 'definitionNow' | 'now'>): Promise<number | null> {
  const all = definitionNow().pipeline.monitors;
  const digests = all.filter(({ judges }) => judges.what === 'digest');
  if (digests.length === 0) return null;
  const ends = async (watched: typeof all) => {
    const states = await Promise.all(watched.map(({ name }) => monitors.load(name)));
    return states.flatMap(({ state }) => state.runs.map(({ endedAt }) => endedAt)).sort();
  };
  const since = (await ends(digests)).at(-1) ?? (await ends(all))[0];
  if (since === undefined) return 0;
  return Math.max(0, Math.round((Date.parse(now()) - Date.parse(since)) / 1000));
}
