import { countDays } from '../day-set.ts';
import { counted } from '../view/counted.ts';
import { spanTexts } from '../view/day-spans.ts';
import type { Finding } from './finding.ts';
import type { Monitor } from './monitor.ts';

const SHOWN_SPANS = 4;
const LONGEST = 1900;

type Told = Finding & Readonly<{ since: string }>;

/** What people read of a trouble: what it is, on which days, how bad, since when, and what to do. */
export function alertText(
  monitor: Pick<Monitor, 'name'>,
  { title, days, details, since, next }: Told,
  kind: 'new' | 'louder' | 'lasts',
): string {
  const lasts = { new: '', louder: ' (worse than it was)', lasts: ` (since ${since})` }[kind];
  const lines = [
    `${monitor.name}: ${title}${lasts}`,
    ...(days.length === 0 ? [] : [daysLine(days)]),
    ...details,
    ...(next === null ? [] : [`next: ${next}`]),
  ];
  return lines.join('\n').slice(0, LONGEST);
}

export function endText(monitor: Pick<Monitor, 'name'>, told: Told, now: string): string {
  return `${monitor.name}: over at ${now}: ${told.title} (since ${told.since})`.slice(0, LONGEST);
}

export function leftText(monitor: Pick<Monitor, 'name'>, told: Told): string {
  return `${monitor.name}: no longer looked at, since its lines in the pipeline file changed: ${told.title} (since ${told.since})`.slice(
    0,
    LONGEST,
  );
}

function daysLine(days: Finding['days']): string {
  const spans = spanTexts(days);
  const more =
    spans.length > SHOWN_SPANS ? ` and ${counted(spans.length - SHOWN_SPANS, 'more span')}` : '';
  return `on ${spans.slice(0, SHOWN_SPANS).join(', ')}${more} (${counted(countDays(days), 'day')})`;
}
