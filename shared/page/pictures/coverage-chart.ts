import type { DaySpan } from '../../core/day-set.ts';
import { formatShare } from '../../core/percent.ts';
import type { CoverageSeries } from '../../core/view/feature-coverage.ts';
import { html, type Markup, trusted } from '../markup.ts';
import { columnsOf, type DayColumn, daysPerColumn } from './day-columns.ts';
import { lengthOf } from './days-in-range.ts';
import { timeAxis } from './time-axis.ts';

type Point = CoverageSeries['days'][number];

export type { CoverageSeries } from '../../core/view/feature-coverage.ts';

const HEIGHT = 20;

/** Share of rows on which a column is filled, over time: a strip a column, full height is all rows. */
export function coverageChart(
  series: readonly CoverageSeries[],
  range: DaySpan,
  title: string,
): Markup {
  if (series.length === 0) return html`<p>${title}: of no column it is known.</p>`;
  return html`<figure class="picture"><figcaption>${title}</figcaption>
<table class="strips">
<thead><tr><th scope="col">Column</th><th scope="col" width="100%">${range.from} to ${range.to}</th><th scope="col" class="number">Filled</th><th scope="col">Lowest</th></tr></thead>
<tbody>${series.map(rowOf(range))}<tr aria-hidden="true"><td></td><td>${timeAxis(range)}</td><td></td><td></td></tr></tbody>
</table>
<p class="quiet">Ink is the share of rows that have a value; what is missing stays grey.${worstOfSeveral(range)}</p></figure>`;
}

/** What a picture of many days says under it. */
export function worstOfSeveral(range: DaySpan): string {
  const days = daysPerColumn(range);
  return days === 1 ? '' : ` Each step is ${days} days, and drawn is the worst of them.`;
}

function rowOf(range: DaySpan) {
  return ({ name, days }: CoverageSeries): Markup => {
    const counted = days.filter(
      ({ day, whole }) => whole > 0 && range.from <= day && day <= range.to,
    );
    const part = counted.reduce((sum, point) => sum + point.part, 0);
    const whole = counted.reduce((sum, point) => sum + point.whole, 0);
    const lowest = counted.reduce<Point | null>(
      (low, point) => (low === null || missing(point) > missing(low) ? point : low),
      null,
    );
    const all = whole === 0 ? 'not known' : formatShare(part, whole);
    const low = lowest === null || lowest.part === lowest.whole ? '' : told(lowest);
    const columns = columnsOf(counted, range, missing);
    return html`<tr><th scope="row">${name}</th><td><svg role="img" width="100%" height="${HEIGHT}" viewBox="0 0 ${lengthOf(range)} ${HEIGHT}" preserveAspectRatio="none" shape-rendering="crispEdges"><title>${name}: ${all} filled${low !== '' && `, lowest ${low}`}</title><path fill="var(--line,#c9ced4)" d="${pathOf(columns, () => HEIGHT)}"/><path fill="var(--link,#0b57b0)" d="${pathOf(columns, ({ point }) => inked(point))}"/></svg></td><td class="number">${all}</td><td>${low}</td></tr>
`;
  };
}

const missing = ({ part, whole }: Point) => 1 - part / whole;
const told = ({ day, part, whole }: Point) => `${formatShare(part, whole)} on ${day}`;

/** Nearly all is not drawn as all, nor next to nothing as nothing. */
function inked({ part, whole }: Point): number {
  if (part === 0) return 0;
  if (part === whole) return HEIGHT;
  return Math.min(HEIGHT - 2, Math.max(1, Math.round((part * HEIGHT) / whole)));
}

/** Neighbours of one height are one part of the path. */
function pathOf(
  columns: readonly DayColumn<Point>[],
  heightOf: (column: DayColumn<Point>) => number,
): Markup {
  const parts: { at: number; to: number; height: number }[] = [];
  for (const column of columns) {
    const height = heightOf(column);
    const last = parts.at(-1);
    if (last !== undefined && last.to === column.at && last.height === height) {
      last.to = column.at + column.days;
    } else if (height > 0) {
      parts.push({ at: column.at, to: column.at + column.days, height });
    }
  }
  return trusted(
    parts.map(({ at, to, height }) => `M${at} ${HEIGHT}v-${height}h${to - at}v${height}z`).join(''),
  );
}
