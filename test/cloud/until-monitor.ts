import type { MonitorRun } from '../../shared/core/monitor/finding.ts';
import { readMonitorState } from '../../shared/edge/monitor-state-text.ts';
import type { Cloud } from './cloud.ts';

/** Waits until a monitor has ended a look, and says what it saw. */
export function untilMonitor({ database }: Cloud, name: string): Promise<MonitorRun> {
  return new Promise((resolve, reject) => {
    const stop = database.collection('monitors').onSnapshot(({ docs }) => {
      const found = docs.find(({ ref }) => ref.id === name)?.get('state');
      const [last] = found === undefined ? [] : readMonitorState(found).runs;
      if (last === undefined) return;
      stop();
      resolve(last);
    }, reject);
  });
}
