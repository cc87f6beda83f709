import type { GateEvidence } from '../core/evidence.ts';
import { VALIDATION_RESULTS, VALIDATION_RUNS, VERIFIED_DAYS } from '../core/system-tables.ts';
import { worst } from '../core/verdict.ts';
import type { World } from '../ports/world.ts';
import type { Assessment } from './assess.ts';
import { evidenceRows, runRow, verifiedRows } from './evidence.ts';

/** What a gate was asked, by whom and when. */
export type GateHead = Omit<
  GateEvidence,
  'codeVersion' | 'verdict' | 'trouble' | 'tables' | 'statements'
>;

/**
 * Keeps the evidence of one gate, of a run or by hand: first the text that can be judged again, then
 * a row for each check, last the row of the gate, so that a row never stands for evidence that is
 * not there. Doing it again under the same id keeps it once.
 *
 * @param found what was judged, or why nothing could be: then the verdict is UNKNOWN
 * @throws PhasegateError as store and warehouse do: the gate has no evidence then
 */
export async function keepEvidence(
  { evidence: keeper, warehouse }: Pick<World, 'evidence' | 'warehouse'>,
  head: GateHead,
  found: Omit<Assessment, 'states'> | Readonly<{ trouble: string }>,
): Promise<GateEvidence> {
  const { id, run, from, to, startedAt } = head;
  const judged = 'trouble' in found ? [] : found.tables;
  const judgements = judged.map(({ judgement }) => judgement);
  const evidence: GateEvidence = {
    ...head,
    codeVersion: keeper.codeVersion(),
    verdict: worst(judgements.map(({ verdict }) => verdict)),
    trouble: 'trouble' in found ? found.trouble : null,
    tables: judged.map(({ judgement, facts }) => ({ judgement, facts })),
    statements: 'trouble' in found ? [] : found.statements,
  };
  const kept = keeper.textOf(evidence);
  await keeper.store.put(id, kept.text);
  if (!('trouble' in found)) {
    const { calendar } = found.schedule;
    const rows = evidenceRows(judgements, calendar, { evidence: id, run, from, to, at: startedAt });
    await warehouse.append(VALIDATION_RESULTS.name, rows, { jobId: `${id}-evidence` });
    const good = verifiedRows(found.tables, calendar, { evidence: id, at: evidence.endedAt });
    if (good.length > 0) {
      await warehouse.append(VERIFIED_DAYS.name, good, { jobId: `${id}-verified` });
    }
  }
  await warehouse.append(VALIDATION_RUNS.name, [runRow(evidence, kept)], { jobId: `${id}-gate` });
  return evidence;
}
