import type { DaySpan } from '../../core/day-set.ts';
import { counted } from '../../core/view/counted.ts';
import type { RowsOfDay } from '../../core/view/rows-of-days.ts';
import { html, type Markup, trusted } from '../markup.ts';
import { worstOfSeveral } from './coverage-chart.ts';
import { columnsOf, type DayColumn } from './day-columns.ts';
import { lengthOf } from './days-in-range.ts';
import { timeAxis } from './time-axis.ts';

export type { RowsOfDay } from '../../core/view/rows-of-days.ts';

const HEIGHT = 100;
const LINE = 2;

/** Rows a day as bars, with a line across each at what was expected. */
export function rowChart(days: readonly RowsOfDay[], range: DaySpan, title: string): Markup {
  const shown = days.filter(({ day }) => range.from <= day && day <= range.to);
  if (shown.length === 0) return html`<p>${title}: of no day it is known.</p>`;
  const columns = columnsOf(shown, range, badness);
  const most = Math.max(1, ...columns.flatMap(({ point }) => [point.rows, point.expected ?? 0]));
  const scale = (rows: number) => Math.round((rows * (HEIGHT - LINE)) / most);
  const bars = (kind: Kind) =>
    pathOf(
      columns.filter(({ point }) => kindOf(point) === kind),
      ({ rows }) => [0, scale(rows)],
    );
  const lines = pathOf(
    columns.filter(({ point }) => point.expected !== null),
    ({ expected }) => [scale(expected ?? 0), LINE],
  );
  const words = inWords(shown);
  return html`<figure class="picture"><figcaption>${title} <span class="quiet">${words}</span></figcaption>
<svg role="img" width="100%" height="${HEIGHT}" viewBox="0 0 ${lengthOf(range)} ${HEIGHT}" preserveAspectRatio="none" shape-rendering="crispEdges"><title>${title}: ${words}</title><rect width="100%" height="${HEIGHT}" fill="var(--raised,#f4f5f7)"/><path fill="var(--link,#0b57b0)" fill-opacity=".55" d="${bars('as expected')}"/><path fill="var(--quiet,#57606a)" fill-opacity=".55" d="${bars('unknown')}"/><path fill="var(--bad,#b3251e)" d="${bars('other')}"/><path fill="var(--text,#1b1f23)" d="${lines}"/></svg>
${timeAxis(range)}
<p class="quiet">From 0 to ${most} rows; the line across a bar is what was expected, and bars that miss it are bolder.${worstOfSeveral(range)}</p></figure>`;
}

type Kind = 'as expected' | 'other' | 'unknown';

function kindOf({ rows, expected }: RowsOfDay): Kind {
  if (expected === null) return 'unknown';
  return rows === expected ? 'as expected' : 'other';
}

function badness({ rows, expected }: RowsOfDay): number {
  return expected === null ? -rows : Math.abs(expected - rows) / Math.max(1, expected);
}

function inWords(days: readonly RowsOfDay[]): string {
  const known = days.filter(({ expected }) => expected !== null);
  const fewer = known.filter(({ rows, expected }) => rows < (expected ?? 0)).length;
  const more = known.filter(({ rows, expected }) => rows > (expected ?? 0)).length;
  const rows = days.reduce((sum, day) => sum + day.rows, 0);
  return [
    `${counted(rows, 'row')} on ${counted(days.length, 'day')}`,
    ...(fewer > 0 ? [`${counted(fewer, 'day')} with fewer than expected`] : []),
    ...(more > 0 ? [`${counted(more, 'day')} with more than expected`] : []),
    ...(known.length < days.length
      ? [`of ${counted(days.length - known.length, 'day')} nobody knows what to expect`]
      : []),
  ].join(', ');
}

function pathOf(
  columns: readonly DayColumn<RowsOfDay>[],
  bandOf: (point: RowsOfDay) => readonly [bottom: number, height: number],
): Markup {
  const parts = columns.map(({ at, days, point }) => {
    const [bottom, height] = bandOf(point);
    return `M${at} ${HEIGHT - bottom}v-${height}h${days}v${height}z`;
  });
  return trusted(parts.join(''));
}
