import { type Pipeline, tableNamed } from '../../../shared/core/pipeline.ts';
import { readingsOf } from '../../../shared/core/readings.ts';
import { PROFILES } from '../../../shared/core/system-tables.ts';
import type { Assessment } from '../../../shared/shell/assess.ts';
import type { Figures } from '../figures.ts';
import type { Sent } from './observed-warehouse.ts';

/** A gate of a phase: what it judged, what it sent, and how many query jobs the server began for it. */
export type PhaseGate = Readonly<{
  tables: Assessment['tables'];
  sent: readonly Sent[];
  queryJobs: number;
}>;

/**
 * Query jobs of a gate of a phase against two for each table and source whose rows its checks need, one
 * for each dataset's books, and one more. The bound follows from the pipeline alone.
 */
export function queriesOfPhase(
  which: string,
  { tables, sent, queryJobs }: PhaseGate,
  pipeline: Pipeline,
  figures: Figures,
): void {
  const judged = tables.map(({ facts, daysRead }) => ({
    relation: facts.table,
    schedule: facts.schedule,
    expected: facts.expected,
    days: daysRead,
  }));
  const read = [...readingsOf(judged).keys()];
  const needed = judged.flatMap(({ relation }) =>
    (tableNamed(pipeline, relation.name)?.needs ?? []).map(({ of }) => of),
  );
  const datasets = datasetsOf([...read, ...needed, pipeline.calendar.schedule, PROFILES.name]);
  const count = (how: Sent['how']) => sent.filter((each) => each.how === how).length;
  figures.add(`${which}: queries`, queryJobs, 'queries', {
    atMost: 2 * read.length + datasets.size + 1,
    note: `${read.length} tables and sources, ${datasets.size} datasets; ${count('query')} of our own statements, the rest day states; apart: ${count('dry run')} dry runs, ${count('append')} appends`,
  });
}

function datasetsOf(tables: readonly string[]): ReadonlySet<string> {
  return new Set(tables.map((name) => name.slice(0, name.indexOf('.'))));
}
