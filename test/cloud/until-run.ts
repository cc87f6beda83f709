import type { RunState } from '../../shared/core/run.ts';
import type { Cloud } from './cloud.ts';

/** Waits until the newest run is so, looking at it whenever its document changes. */
export async function untilRun(
  { database, runs }: Cloud,
  is: (state: RunState) => boolean,
): Promise<RunState> {
  return new Promise((resolve, reject) => {
    const stop = database.collection('runs').onSnapshot(
      () => {
        void look().catch(reject);
      },
      (error) => reject(error),
    );
    async function look(): Promise<void> {
      const [newest] = await runs.list();
      const state = newest === undefined ? null : ((await runs.load(newest))?.state ?? null);
      if (state === null || !is(state)) return;
      stop();
      resolve(state);
    }
  });
}
