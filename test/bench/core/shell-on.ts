import type { RunId } from '../../../shared/core/ids.ts';
import type { Bus } from '../../../shared/ports/bus.ts';
import type { RunStore } from '../../../shared/ports/run-store.ts';
import { record } from '../../../shared/shell/drain.ts';
import { type Chain, judged, neverRan, requested, succeeded } from './chain.ts';

export type ShellOn = ReturnType<typeof shellOn>;

/** The shell on a store, with a bus that takes every message and delivers none. */
export function shellOn(runs: RunStore, chain: Chain) {
  let messages = 0;
  const bus: Bus = { publish: async () => String(++messages) };
  const core = { runs, bus, pipelineOf: async () => chain.pipeline };
  return {
    messages: () => messages,

    /** Up to the launch of the first table. */
    async start(run: RunId): Promise<void> {
      await record(core, run, 'start', requested(chain.pipeline, run));
      await record(core, run, 'outcomes:1', neverRan(chain.names, chain.calendar));
    },

    /** The job of the table has ended, its gate is asked for and answers, and the next table is launched. */
    async handOver(run: RunId, index: number): Promise<void> {
      const name = chain.names[index];
      if (name === undefined) throw new Error(`the chain has no table ${index}`);
      await record(core, run, `${run}.${name}.1:ended`, succeeded(name));
      await record(core, run, `gate:1:${name}:1`, judged(name));
    },
  };
}
