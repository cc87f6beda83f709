import { bigQueryWarehouse } from '../../adapters/gcp/bigquery-warehouse.ts';
import { evidenceKeeper } from '../../adapters/local/evidence-keeper.ts';
import type { LocalWorld } from '../../adapters/local/local-world.ts';
import { findOwner } from '../../adapters/local/owner-file.ts';
import { PROJECT } from '../../adapters/local/world-parts.ts';
import { isKind } from '../../core/errors.ts';
import type { RunId } from '../../core/ids.ts';
import { phaseTablesOf } from '../../core/view/progress.ts';
import type { RunStore } from '../../ports/run-store.ts';
import type { Warehouse } from '../../ports/warehouse.ts';
import { readPastPaces, readToldDays } from '../../shell/read-told-days.ts';
import { keptPipelines } from '../kept-pipeline.ts';
import { gateChecks } from './gate-checks.ts';
import type { Watching } from './watching.ts';

const POLL_MS = 100;

/** A run of a world that this process has open. */
export function watchingWorld(
  {
    runs,
    warehouse,
    evidence,
    owner,
    isServed,
  }: Pick<LocalWorld, 'runs' | 'warehouse' | 'evidence' | 'owner' | 'isServed'>,
  run: RunId,
): Watching {
  return {
    ...watchingStore(runs, run),
    carrier: () => (isServed() ? `process ${owner.pid}` : null),
    told: (state) => readToldDays(warehouse, state),
    past: () => readPastPaces(warehouse, run),
    checks: (id, table) => gateChecks(evidence.store, id, table),
  };
}

/** A run of a world by its files alone, whoever owns it now, or nobody: owners may come and go. */
export function watchingDirectory(directory: string, runs: RunStore, run: RunId): Watching {
  const { store } = evidenceKeeper(directory);
  let reached: Readonly<{ url: string; warehouse: Warehouse }> | null = null;
  const warehouseNow = () => {
    const url = findOwner(directory)?.warehouseUrl;
    if (url === undefined) return null;
    if (reached?.url !== url) {
      const warehouse = bigQueryWarehouse({ projectId: PROJECT, apiEndpoint: url });
      reached = { url, warehouse };
    }
    return reached.warehouse;
  };
  const orNothing = async <Key, Value>(
    read: (warehouse: Warehouse) => Promise<ReadonlyMap<Key, Value>>,
  ) => {
    const warehouse = warehouseNow();
    return warehouse === null ? new Map<Key, Value>() : read(warehouse);
  };
  return {
    ...watchingStore(runs, run),
    carrier() {
      const owner = findOwner(directory);
      return owner?.busUrl == null ? null : `process ${owner.pid}`;
    },
    told: (state) => orNothing((warehouse) => readToldDays(warehouse, state)),
    past: () => orNothing((warehouse) => readPastPaces(warehouse, run)),
    checks: (id, table) => gateChecks(store, id, table),
  };
}

function watchingStore(
  runs: RunStore,
  run: RunId,
): Pick<Watching, 'run' | 'look' | 'phases' | 'pollMs'> {
  const pipelineOf = keptPipelines(runs);
  return {
    run,
    async look() {
      const stored = await runs.load(run);
      if (stored?.state == null) return null;
      const isQuiet = stored.inbox.length === 0 && stored.outbox.length === 0;
      return { state: stored.state, isQuiet };
    },
    async phases(state) {
      try {
        return phaseTablesOf(await pipelineOf(state.definition), state);
      } catch (error) {
        if (isKind(error, 'not-found')) return [];
        throw error;
      }
    },
    pollMs: POLL_MS,
  };
}
