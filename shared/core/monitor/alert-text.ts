import { type AlertParts, cutParts } from '../alerts/alert-parts.ts';
import { countDays } from '../day-set.ts';
import { counted } from '../view/counted.ts';
import { spanTexts } from '../view/day-spans.ts';
import type { Finding } from './finding.ts';
import type { Monitor } from './monitor.ts';

const SHOWN_SPANS = 4;
const LONGEST = 1900;

type Told = Finding & Readonly<{ since: string }>;

/** What people are told, as text and in parts. */
export type Said = Readonly<{ text: string; parts: AlertParts }>;
/** Why it is told: it is new, louder, still there, or a run was opened for it. */
export type ToldKind = 'new' | 'louder' | 'lasts' | 'repaired';

/** What people read of a trouble: what it is, on which days, how bad, since when, and what to do. */
export function saidOf(
  { name }: Pick<Monitor, 'name'>,
  { title, days, details, since, next }: Told,
  kind: ToldKind,
): Said {
  const lasts = {
    new: '',
    louder: ' (worse than it was)',
    lasts: ` (since ${since})`,
    repaired: ` (since ${since})`,
  }[kind];
  const lines = [...(days.length === 0 ? [] : [daysLine(days)]), ...details];
  const louder = kind === 'louder' ? lasts : '';
  return {
    text: cut([`${name}: ${title}${lasts}`, ...lines, ...nextLine(next)].join('\n')),
    parts: cutParts({ title: `${title}${louder}`, about: `monitor ${name}`, since, lines, next }),
  };
}

export function saidAtEnd(monitor: Pick<Monitor, 'name'>, told: Told, now: string): Said {
  return short(monitor, told, `over at ${now}: ${told.title}`);
}

export function saidOfLeft(monitor: Pick<Monitor, 'name'>, told: Told): Said {
  const why = 'no longer looked at, since its lines in the pipeline file changed';
  return short(monitor, told, `${why}: ${told.title}`);
}

function short({ name }: Pick<Monitor, 'name'>, { since }: Told, title: string): Said {
  return {
    text: cut(`${name}: ${title} (since ${since})`),
    parts: cutParts({ title, about: `monitor ${name}`, since, lines: [], next: null }),
  };
}

const cut = (text: string) => text.slice(0, LONGEST);
const nextLine = (next: string | null) => (next === null ? [] : [`next: ${next}`]);

function daysLine(days: Finding['days']): string {
  const spans = spanTexts(days);
  const more =
    spans.length > SHOWN_SPANS ? ` and ${counted(spans.length - SHOWN_SPANS, 'more span')}` : '';
  return `on ${spans.slice(0, SHOWN_SPANS).join(', ')}${more} (${counted(countDays(days), 'day')})`;
}
