import type { CloudApi } from '../../adapters/cloud-api.ts';
import type { RunId } from '../../core/ids.ts';
import { phaseTablesOf } from '../../core/view/progress.ts';
import type { Watching } from './watching.ts';

/** Each look asks the API. */
const POLL_MS = 5000;

/** A run in the cloud: its state alone, by the API. What jobs tell of their days, and evidence, the API does not hand out. */
export function watchingCloud(cloud: CloudApi, run: RunId): Watching {
  return {
    run,
    async look() {
      const state = await cloud.state(run);
      return state === null ? null : { state, isQuiet: true };
    },
    carrier: () => 'the cloud',
    phases: async (state) =>
      phaseTablesOf((await cloud.definition(state.definition)).pipeline, state),
    told: async () => new Map(),
    past: async () => new Map(),
    checks: async () => null,
    pollMs: POLL_MS,
  };
}
