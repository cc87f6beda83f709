import type { DaySet, DaySpan } from '../../core/day-set.ts';
import { dayNumber } from '../../core/days.ts';
import { html, type Markup, trusted } from '../markup.ts';
import { type CountedRow, rowInWords } from './day-counts.ts';
import { DAY_LOOKS, type DayKind } from './day-look.ts';
import { lengthOf } from './days-in-range.ts';

/** The days of a row that was counted in this range, side by side over the whole width: one path a kind, one part of it a span. */
export function strip(row: CountedRow, range: DaySpan): Markup {
  const first = dayNumber(range.from);
  let paths = '';
  for (const { kind, days } of row.kinds) paths += pathOf(kind, days, first);
  return html`<svg role="img" width="100%" height="14" viewBox="0 0 ${lengthOf(range)} 12" preserveAspectRatio="none" shape-rendering="crispEdges"><title>${row.name}: ${rowInWords(row)}</title>${trusted(paths)}</svg>`;
}

function pathOf(kind: DayKind, days: DaySet, first: number): string {
  const { colour, bands } = DAY_LOOKS[kind];
  let path = '';
  for (const { from, to } of days) {
    const at = dayNumber(from);
    const length = dayNumber(to) - at + 1;
    for (const [top, height] of bands) {
      path += `M${at - first} ${top}h${length}v${height}h-${length}z`;
    }
  }
  return `<path fill="${colour}" d="${path}"/>`;
}
