import type { Standing } from '../core/metrics/of-states.ts';
import { TOPICS } from '../ports/bus.ts';
import type { Monitoring } from '../ports/monitoring.ts';
import { secondsSinceLastDigest } from './digest-silence.ts';

/**
 * What stands now, each part by itself: what cannot be read is null, and does not keep the others from being read.
 *
 * @param trouble is told what could not be read, and why
 */
export async function readStanding(
  monitoring: Monitoring,
  trouble: (what: string, error: unknown) => void,
): Promise<Standing> {
  const { runs, monitors, definitionNow, dead } = monitoring;
  const read = <Found>(what: string, find: () => Promise<Found>): Promise<Found | null> =>
    find().catch((error: unknown) => {
      trouble(what, error);
      return null;
    });
  return {
    runs: await read('runs', async () => {
      const states = await Promise.all((await runs.unfinished()).map((run) => runs.state(run)));
      return states.filter((state) => state !== null);
    }),
    monitors: await read('findings', async () => {
      const names = definitionNow().pipeline.monitors.map(({ name }) => name);
      const stored = await Promise.all(names.map((name) => monitors.load(name)));
      return stored.map(({ state }) => state);
    }),
    digestSeconds: await read('the age of the digest', () => secondsSinceLastDigest(monitoring)),
    dead: await read('dead letters', async () => ({ topics: TOPICS, piles: await dead.piles() })),
  };
}
