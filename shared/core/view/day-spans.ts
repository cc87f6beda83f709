import { bridgeForPeople, type Calendar } from '../calendar.ts';
import { countDays, type DaySet } from '../day-set.ts';
import { counted } from './counted.ts';

/** `2022-01-03..2022-01-14, 2022-02-01 and 3 more spans (17 days)`: days for people, free days bridged. */
export function daySpans(calendar: Calendar, days: DaySet, shown = 4): string {
  const spans = spanTexts(bridgeForPeople(calendar, days));
  const more = spans.length > shown ? ` and ${counted(spans.length - shown, 'more span')}` : '';
  return `${spans.slice(0, shown).join(', ')}${more} (${counted(countDays(days), 'day')})`;
}

/** Each span for people: a single day by itself, longer ones as `a..b`. */
export function spanTexts(days: DaySet): string[] {
  return days.map(({ from, to }) => (from === to ? from : `${from}..${to}`));
}
