import type { Seal } from '../core/checklist.ts';
import { PhasegateError } from '../core/errors.ts';
import type { RunState } from '../core/run.ts';
import { readEvidence } from '../edge/evidence-text.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';

/**
 * The seal of every evidence that the tables of a run rest on, by its id: its hash, once its content was found to be what was
 * written.
 *
 * @throws PhasegateError `unavailable` when the store cannot be asked
 */
export async function sealsOf(
  store: Pick<EvidenceStore, 'get'>,
  { tables }: Pick<RunState, 'tables'>,
): Promise<ReadonlyMap<string, Seal>> {
  const seals = new Map<string, Seal>();
  for (const table of Object.values(tables)) {
    if (!('evidence' in table) || seals.has(table.evidence) || table.evidence === '') continue;
    seals.set(table.evidence, await sealOf(store, table.evidence));
  }
  return seals;
}

async function sealOf(store: Pick<EvidenceStore, 'get'>, id: string): Promise<Seal> {
  try {
    return { sha256: readEvidence(id, await store.get(id)).sha256 };
  } catch (error) {
    if (error instanceof PhasegateError && error.kind !== 'unavailable') {
      return { trouble: error.message };
    }
    throw error;
  }
}
