import { type DaySet, type DaySpan, eachDay } from '../../core/day-set.ts';
import { dayNumber } from '../../core/days.ts';
import { html, type Markup, trusted } from '../markup.ts';
import { countedRow, kindsIn, rowInWords } from './day-counts.ts';
import { DAY_LOOKS, type DayGridRow, type DayKind } from './day-look.ts';
import { lengthOf } from './days-in-range.ts';
import { legend } from './legend.ts';
import { marksOf } from './time-axis.ts';

const STEP = 14;
const MARK = 12;
const LEFT = 32;
const TOP = 30;
const WEEKDAYS = ['Mon', '', 'Wed', '', 'Fri', '', 'Sun'];

/** 1970-01-01, day number 0, was a Thursday: the fourth day of its week. */
const THURSDAY = 3;

/** One table, one season: weeks as columns, Monday above. Days outside the range are left out. */
export function seasonCalendar(row: DayGridRow, range: DaySpan, title: string): Markup {
  const inside = countedRow(row, range);
  const monday = dayNumber(range.from) - ((dayNumber(range.from) + THURSDAY) % 7);
  const weeks = Math.ceil((dayNumber(range.from) - monday + lengthOf(range)) / 7);
  const width = LEFT + weeks * STEP + 30;
  const words = rowInWords(inside);
  const paths = inside.kinds.map(({ kind, days }) => pathOf(kind, days, monday));
  return html`<figure class="picture"><figcaption>${title} <span class="quiet">${words}</span></figcaption>
<div class="scroll" tabindex="0" role="region" aria-label="${title}, by week">
<svg role="img" width="${width}" height="${TOP + 7 * STEP}" viewBox="0 0 ${width} ${TOP + 7 * STEP}" font-size="11" fill="var(--quiet,#57606a)"><title>${title}: ${words}</title>
<rect x="${LEFT}" y="${TOP - 2}" width="${weeks * STEP}" height="${7 * STEP + 2}" fill="var(--raised,#f4f5f7)"/>
${WEEKDAYS.map((name, index) => name !== '' && html`<text x="0" y="${TOP + index * STEP + 10}">${name}</text>`)}
${marksOf(range).map(({ day, text, under }) => {
  const x = LEFT + Math.floor((dayNumber(day) - monday) / 7) * STEP;
  return html`<text x="${x}" y="10">${under}</text><text x="${x}" y="23">${text}</text>`;
})}
${trusted(paths.join(''))}</svg></div>
${legend(kindsIn([inside]))}</figure>`;
}

function pathOf(kind: DayKind, days: DaySet, monday: number): string {
  const { colour, bands } = DAY_LOOKS[kind];
  let path = '';
  for (const day of eachDay(days)) {
    const index = dayNumber(day) - monday;
    const x = LEFT + Math.floor(index / 7) * STEP + 1;
    const y = TOP + (index % 7) * STEP;
    for (const [top, height] of bands) path += `M${x} ${y + top}h${MARK}v${height}h-${MARK}z`;
  }
  return `<path fill="${colour}" d="${path}"/>`;
}
