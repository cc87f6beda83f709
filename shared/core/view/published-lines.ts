import { bridgeForPeople } from '../calendar.ts';
import { countDays, formatDaySet, isEmpty } from '../day-set.ts';
import type { TableName } from '../ids.ts';
import type { Pipeline } from '../pipeline.ts';
import { publishedTables, verifiedViewOf } from '../published.ts';
import { isAtRest, type RunState } from '../run.ts';
import type { TableState } from '../table-state.ts';
import { counted } from './counted.ts';

const SPANS_SHOWN = 3;

/** One line for each verified view that gates of this run published days in: what it showed then. */
export function publishedLines({ published = {}, calendar, status }: RunState): string[] {
  const when = status === 'passed' ? 'when it passed' : 'when its phase passed';
  return Object.entries(published).map(([table, days]) => {
    const spans = formatDaySet(bridgeForPeople(calendar, days));
    const more = spans.length - SPANS_SHOWN;
    const shown = spans.slice(0, SPANS_SHOWN).join(', ') || 'none of the range';
    const view = verifiedViewOf(table as TableName);
    return `published ${when}: ${view}, ${counted(countDays(days), 'day')}, ${shown}${more > 0 ? ` and ${more} more spans` : ''}`;
  });
}

/** Whether a run came to rest without all its gates, after it had taken days from verified views to write them. */
export function mayHaveWithdrawn({ status, tables }: RunState): boolean {
  const isCut = isAtRest(status) && status !== 'passed';
  return isCut && Object.values(tables).some(({ attempt }) => attempt > 0);
}

/** One line where days of verified views wait for a gate, since a run that has not passed was to write them. */
export function withdrawnLines(state: RunState, pipeline: Pipeline): string[] {
  const { tables, published = {}, request } = state;
  if (!mayHaveWithdrawn(state)) return [];
  const waiting = publishedTables(pipeline).filter(({ name, phase }) => {
    const isOpen = request.phases.includes(phase) && published[name] === undefined;
    return isOpen && wasToWrite(tables[name]);
  });
  if (waiting.length === 0) return [];
  const views = waiting.map(({ name }) => verifiedViewOf(name)).join(', ');
  return [
    `withdrawn from the verified views until a gate passes them again: the days that this run was to write, and what reads them: ${views}`,
  ];
}

function wasToWrite(table: TableState | undefined): boolean {
  if (table === undefined) return false;
  return 'days' in table ? !isEmpty(table.days) : table.attempt > 0;
}
