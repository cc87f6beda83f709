import type { DaySpan } from '../../core/day-set.ts';
import { html, type Markup } from '../markup.ts';
import { type CountedRow, countedRow, kindsIn, shareText } from './day-counts.ts';
import type { DayGridRow } from './day-look.ts';
import { legend } from './legend.ts';
import { strip } from './strip.ts';
import { timeAxis } from './time-axis.ts';

export type { DayGridRow } from './day-look.ts';

/** One season: rows are tables, x is the day of the calendar, months marked below. Days outside the range are left out. */
export function dayGrid(rows: readonly DayGridRow[], range: DaySpan, title: string): Markup {
  const inside = rows.map((row) => countedRow(row, range));
  return html`<figure class="picture"><figcaption>${title}</figcaption>
<table class="strips">
<thead><tr><th scope="col">Table</th><th scope="col" width="100%">${range.from} to ${range.to}</th><th scope="col" class="number">Verified</th></tr></thead>
<tbody>${inside.map(
    (row) =>
      html`<tr><th scope="row">${nameOf(row)}</th><td>${strip(row, range)}</td><td class="number">${shareText(row.counts)}</td></tr>
`,
  )}<tr aria-hidden="true"><td></td><td>${timeAxis(range)}</td><td></td></tr></tbody>
</table>
${legend(kindsIn(inside))}</figure>`;
}

function nameOf({ name, href }: CountedRow): Markup {
  return href === null ? html`${name}` : html`<a href="${href}">${name}</a>`;
}
