import type { LocalWorld } from '../adapters/local/local-world.ts';
import type { TableEvidence } from '../core/evidence.ts';
import type { RunReport } from '../core/report.ts';
import { counted } from '../core/view/counted.ts';
import { readEvidence } from '../edge/evidence-text.ts';
import type { ReportPictures } from '../page/report-document.ts';
import { reportPictures } from '../page/report-pictures.ts';

export const NO_PICTURES_IN_THE_CLOUD: ReportPictures = {
  pictures: [],
  note: 'There are no pictures: they are made of the evidence of gates, which the API does not hand out.',
};

/** The pictures of a run by the evidence of its last gates. What cannot be read is said, and the report stands without it. */
export async function picturesOf(
  { runs, evidence: { store } }: Pick<LocalWorld, 'runs' | 'evidence'>,
  { state, evidence = new Map() }: RunReport,
): Promise<ReportPictures> {
  const events = (await runs.facts(state.run)).map(({ event }) => event);
  const tables: TableEvidence[] = [];
  const lost: string[] = [];
  for (const id of new Set(evidence.values())) {
    try {
      const kept = readEvidence(id, await store.get(id)).tables;
      tables.push(...kept.filter(({ judgement }) => evidence.get(judgement.table) === id));
    } catch (error) {
      lost.push(error instanceof Error ? error.message : String(error));
    }
  }
  const many = counted(lost.length, 'piece of evidence', 'pieces of evidence');
  return {
    pictures: reportPictures(tables, events),
    note: lost.length === 0 ? null : `Pictures of ${many} are missing: ${lost.join('; ')}`,
  };
}
