import type { TableName } from '../core/ids.ts';
import type { Pipeline } from '../core/pipeline.ts';
import { namesOf, promising } from '../core/relation.ts';
import { refusedAsWhole, type SeasonGrid } from '../core/view/season-grid.ts';
import type { Page } from './layout.ts';
import { html, type Markup } from './markup.ts';
import { outcomeMark, worstOf } from './outcome-mark.ts';
import { tablePath } from './paths.ts';
import { countsOf, shareText } from './pictures/day-counts.ts';
import { dayGrid } from './pictures/day-grid.ts';
import { drawn, drawnRange, nothingExpected, type SeasonLook, tableIn } from './season-look.ts';
import { section, shown } from './section.ts';
import { timeMark } from './time.ts';
import { verdictMark } from './verdict-mark.ts';

/** What became of every expected day; seasons newest first. */
export type TablesView = Readonly<{ pipeline: Pipeline; seasons: readonly SeasonLook[] }>;

export function tablesPage(view: TablesView): Page {
  const { pipeline, seasons } = view;
  if (seasons.length === 0) {
    const body = html`<p>No declared season has begun: of no table a day is expected.</p>`;
    return { title: 'Tables', body, isLive: false };
  }
  const body = html`${matrix(view)}
${seasons.map(({ range, read }) =>
  section(
    `Season ${range.season}`,
    shown(read, (grid) => seasonPicture(grid, pipeline.timeZone)),
  ),
)}`;
  return { title: 'Tables', body, isLive: false };
}

function seasonPicture({ range, tables, readAt }: SeasonGrid, timeZone: string): Markup {
  const rows = tables.map(({ row }) => row);
  const span = drawnRange(range, rows);
  const title = `What became of each expected day of season ${range.season}`;
  return html`${span === null ? nothingExpected(range) : dayGrid(rows.map(drawn), span, title)}
<p class="quiet">as of ${timeMark(readAt, timeZone)}</p>`;
}

/** Tables as rows, seasons as columns: the worst that became of a day, and how many are VERIFIED. */
function matrix({ pipeline, seasons }: TablesView): Markup {
  const groups = [
    { name: 'sources', tables: pipeline.sources },
    ...pipeline.phases.map(({ name, tables }) => ({ name: `phase ${name}`, tables })),
  ];
  const judged = new Set<string>(promising(pipeline, namesOf(pipeline)).map(({ name }) => name));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Tables by season"><table class="matrix">
<thead><tr><th scope="col">Table</th>${seasons.map(({ range }) => html`<th scope="col">Season ${range.season}</th>`)}</tr></thead>
${groups.map(
  ({
    name,
    tables,
  }) => html`<tbody><tr><th scope="rowgroup" colspan="${seasons.length + 1}">${name}</th></tr>
${tables.map(
  (table) => html`<tr><th scope="row"><a href="${tablePath(table.name)}">${table.name}</a></th>${
    judged.has(table.name)
      ? seasons.map((look) => html`<td>${cell(look, table.name)}</td>`)
      : html`<td colspan="${seasons.length}" class="unknown">it promises nothing, so nobody judges it</td>`
  }</tr>
`,
)}</tbody>
`,
)}</table></div>
<p class="quiet">The sign is the worst that became of a day; the numbers are days that are VERIFIED, of those that are due.</p>`;
}

function cell(look: SeasonLook, name: TableName): Markup {
  if ('trouble' in look.read) return html`<span class="UNKNOWN">not known</span>`;
  const table = tableIn(look, name);
  if (table === undefined) return html`<span class="UNKNOWN">not judged</span>`;
  const worst = worstOf(table.row);
  return worst === null
    ? html`<span class="quiet">none due</span>`
    : html`${outcomeMark(worst)} ${shareText(countsOf(table.row))}${refusedAsWhole(table).length > 0 && html`, and as a whole ${verdictMark('FAIL')}`}`;
}
