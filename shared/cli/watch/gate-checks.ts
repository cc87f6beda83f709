import type { TableName } from '../../core/ids.ts';
import { weigh } from '../../core/verdict.ts';
import type { GateChecks } from '../../core/view/progress-events.ts';
import { readEvidence } from '../../edge/evidence-text.ts';
import type { EvidenceStore } from '../../ports/evidence-store.ts';

/** More checks of one table nobody reads while a run goes on. */
const TOLD = 6;

/**
 * What a gate found of a table, as its evidence keeps it; null where the gate did not judge the table.
 *
 * @throws PhasegateError where there is no such evidence, or it is not as it was written
 */
export async function gateChecks(
  store: Pick<EvidenceStore, 'get'>,
  evidence: string,
  table: TableName,
): Promise<GateChecks | null> {
  const { tables } = readEvidence(evidence, await store.get(evidence));
  const judged = tables.find(({ judgement }) => judgement.table === table);
  if (judged === undefined) return null;
  const { checks } = judged.judgement;
  const trouble = checks.filter(({ verdict }) => verdict !== 'PASS');
  return {
    held: checks.length - trouble.length,
    of: checks.length,
    trouble: trouble.slice(0, TOLD).map(({ id, verdict, severity, observed, expected }) => {
      return { id, verdict: weigh(verdict, severity), observed, expected };
    }),
  };
}
