import { bridgeForPeople } from '../calendar.ts';
import { countDays, formatDaySet } from '../day-set.ts';
import type { TableName } from '../ids.ts';
import { verifiedViewOf } from '../published.ts';
import type { RunState } from '../run.ts';
import { counted } from './counted.ts';

const SPANS_SHOWN = 3;

/** One line for each verified view that gates of this run published days in. */
export function publishedLines({ published = {}, calendar }: RunState): string[] {
  return Object.entries(published).map(([table, days]) => {
    const spans = formatDaySet(bridgeForPeople(calendar, days));
    const more = spans.length - SPANS_SHOWN;
    const shown = spans.slice(0, SPANS_SHOWN).join(', ') || 'none of the range';
    const view = verifiedViewOf(table as TableName);
    return `published ${view}: ${counted(countDays(days), 'day')}, ${shown}${more > 0 ? ` and ${more} more spans` : ''}`;
  });
}
