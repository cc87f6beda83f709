import type { Pipeline } from '../../../shared/core/pipeline.ts';
import type { Figures } from '../figures.ts';
import type { Sent } from './observed-warehouse.ts';

/**
 * How many queries a gate of a phase sent, by what they read. One for each dataset's books, one for
 * the schedule, one for what is kept, and at most two of each relation whose rows were read.
 */
export function queriesOfPhase(
  which: string,
  sent: readonly Sent[],
  pipeline: Pipeline,
  figures: Figures,
): void {
  const queries = sent.filter(({ how }) => how === 'query');
  const isKept = ({ tables }: Sent) => tables.every((name) => name.startsWith('phasegate.'));
  const isSchedule = ({ tables, statement }: Sent) =>
    tables.join() === pipeline.calendar.schedule && /^SELECT DISTINCT/.test(statement?.sql ?? '');
  const kept = queries.filter(isKept);
  const schedule = queries.filter(isSchedule);
  const scans = queries.filter((each) => !isKept(each) && !isSchedule(each));
  const books = sent
    .filter(({ how }) => how === 'day states')
    .map((each) => datasetsOf(each.tables));
  const bookQueries = books.reduce((sum, datasets) => sum + datasets.size, 0);
  const relations = new Set(scans.flatMap(({ tables }) => tables));
  const datasets = new Set([
    ...datasetsOf(kept.flatMap(({ tables }) => tables)),
    ...books.flatMap((each) => [...each]),
  ]);
  const bound = 2 * relations.size + datasets.size + 1;
  const dry = sent.filter(({ how }) => how === 'dry run').length;
  const appends = sent.filter(({ how }) => how === 'append').length;
  figures.add(
    `${which}: queries`,
    scans.length + kept.length + schedule.length + bookQueries,
    'queries',
    {
      atMost: bound,
      note: `${relations.size} tables, ${datasets.size} datasets: ${scans.length} scans, ${kept.length} kept, ${schedule.length} schedule, ${bookQueries} day states; apart: ${dry} dry runs, ${appends} appends`,
    },
  );
}

function datasetsOf(tables: readonly string[]): ReadonlySet<string> {
  return new Set(tables.map((name) => name.slice(0, name.indexOf('.'))));
}
