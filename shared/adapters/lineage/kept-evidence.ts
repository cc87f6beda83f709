import { isKind } from '../../core/errors.ts';
import { readEvidence } from '../../edge/evidence-text.ts';
import type { EvidenceStore } from '../../ports/evidence-store.ts';
import type { EvidenceOf } from '../../shell/read-lineage.ts';

/** Evidence as it was written; null where none was kept, as of a gate whose evidence could not be. */
export function keptEvidence(store: Pick<EvidenceStore, 'get'>): EvidenceOf {
  return async (id) => {
    try {
      return readEvidence(id, await store.get(id));
    } catch (error) {
      if (isKind(error, 'not-found')) return null;
      throw error;
    }
  };
}
