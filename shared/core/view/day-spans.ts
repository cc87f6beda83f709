import { bridgeForPeople, type Calendar } from '../calendar.ts';
import { countDays, type DaySet, formatDaySet } from '../day-set.ts';
import { counted } from './counted.ts';

/** `2022-01-03..2022-01-14, 2022-02-01 and 3 more spans (17 days)`: days for people, free days bridged. */
export function daySpans(calendar: Calendar, days: DaySet, shown = 4): string {
  const spans = formatDaySet(bridgeForPeople(calendar, days)).map((span) => {
    const [from, to] = span.split('..');
    return from === to ? from : span;
  });
  const more = spans.length > shown ? ` and ${counted(spans.length - shown, 'more span')}` : '';
  return `${spans.slice(0, shown).join(', ')}${more} (${counted(countDays(days), 'day')})`;
}
