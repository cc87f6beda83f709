import type { DaySpan } from '../../core/day-set.ts';
import { addDays, type Day, dayNumber, parseDay } from '../../core/days.ts';
import { html, type Markup } from '../markup.ts';
import { lengthOf } from './days-in-range.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Longer than this, years are marked instead of months. */
const MOST_MONTHS = 14;
const MOST_YEARS = 12;

export type Mark = Readonly<{ day: Day; text: string; under: string }>;

/** Months of the range, or its years where it is long, under a picture that is as wide. */
export function timeAxis(range: DaySpan): Markup {
  const first = dayNumber(range.from);
  const days = lengthOf(range);
  const at = (day: Day) => `${(((dayNumber(day) - first) * 100) / days).toFixed(2)}%`;
  return html`<svg class="axis" width="100%" height="28" aria-hidden="true" font-size="11" fill="var(--quiet,#57606a)">${marksOf(
    range,
  ).map(
    ({ day, text, under }) =>
      html`<rect x="${at(day)}" width="1" height="5"/><text x="${at(day)}" y="15">${text}</text><text x="${at(day)}" y="26">${under}</text>`,
  )}</svg>`;
}

/** First days of months or years, with what is written there. */
export function marksOf(range: DaySpan): readonly Mark[] {
  const starts = monthStarts(range);
  if (starts.length <= MOST_MONTHS) {
    return starts.map((day, index) => ({
      day,
      text: MONTHS[Number(day.slice(5, 7)) - 1] ?? '',
      under: index === 0 || day.slice(5, 7) === '01' ? day.slice(0, 4) : '',
    }));
  }
  const years = starts.filter((day) => day.slice(5, 7) === '01');
  const step = Math.ceil(years.length / MOST_YEARS);
  return years
    .filter((_, index) => index % step === 0)
    .map((day) => ({ day, text: day.slice(0, 4), under: '' }));
}

function monthStarts({ from, to }: DaySpan): readonly Day[] {
  const starts: Day[] = [];
  let month = from.slice(0, 7);
  for (;;) {
    const start = parseDay(`${month}-01`);
    if (start > to) return starts;
    if (start >= from) starts.push(start);
    month = addDays(start, 31).slice(0, 7);
  }
}
