import type { Table } from '../core/pipeline.ts';
import type { RunState } from '../core/run.ts';
import { TABLE_SYMBOL } from '../core/view/run-lines.ts';
import { graphOf, type PhaseColumns, type Placed } from './graph-layout.ts';
import { html, type Markup } from './markup.ts';
import { tablePath } from './paths.ts';

const BOX = { width: 220, height: 46 };
const GAP = { x: 56, y: 18 };
const TOP = 34;
const EDGE = 8;
/** As many signs as a box holds. */
const LONGEST = 27;

/**
 * The tables of a run as boxes in columns of their phases, a line for each need, where each stands by sign and word.
 * The table of tables says the same in text.
 */
export function runGraph(
  { tables: states, phases: stands }: Pick<RunState, 'tables' | 'phases'>,
  tables: readonly Pick<Table, 'name' | 'phase' | 'needs'>[],
): Markup {
  const { tables: placed, lines, phases, columns, rows } = graphOf(tables);
  const width = 2 * EDGE + columns * BOX.width + (columns - 1) * GAP.x;
  const height = TOP + rows * (BOX.height + GAP.y);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Graph of the tables"><svg class="graph" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="group" aria-label="Tables and what they read; the table below says the same">
<g aria-hidden="true">${lines.map(({ from, to }) => line(from, to))}
${phases.map((phase) => heading(phase, stands[phase.phase] ?? 'waiting'))}</g>
${placed.map((each) => box(each, states[each.name]))}</svg></div>`;
}

function corner({ column, row }: Placed) {
  return { x: EDGE + column * (BOX.width + GAP.x), y: TOP + row * (BOX.height + GAP.y) };
}

function line(from: Placed, to: Placed): Markup {
  const [start, end] = [corner(from), corner(to)];
  const [x, y] = [start.x + BOX.width, start.y + BOX.height / 2];
  const reach = GAP.x * 0.6;
  return html`<path d="M${x} ${y}C${x + reach} ${y} ${end.x - reach} ${end.y + BOX.height / 2} ${end.x} ${end.y + BOX.height / 2}"></path>`;
}

function heading({ phase, first, last }: PhaseColumns, stands: string): Markup {
  const x = EDGE + first * (BOX.width + GAP.x);
  const end = EDGE + last * (BOX.width + GAP.x) + BOX.width;
  return html`<text class="phase" x="${x}" y="16">${phase}: ${stands}</text><path class="rule" d="M${x} 23H${end}"></path>
`;
}

function box(placed: Placed, state: RunState['tables'][Placed['name']] | undefined): Markup {
  const { name } = placed;
  const { x, y } = corner(placed);
  const tag = state?.tag ?? 'waiting';
  return html`<a href="${tablePath(name)}"><rect class="${tag}" x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="5"></rect><title>${name}: ${tag}</title>
<text x="${x + 10}" y="${y + 19}">${short(name)}</text><text class="stands" x="${x + 10}" y="${y + 37}">${TABLE_SYMBOL[tag]} ${tag}</text></a>
`;
}

/** Without its dataset, which its phase tells; a long one loses its middle. */
function short(name: string): string {
  const own = name.slice(name.indexOf('.') + 1);
  if (own.length <= LONGEST) return own;
  const kept = LONGEST - 1;
  return `${own.slice(0, Math.ceil(kept / 2))}…${own.slice(own.length - Math.floor(kept / 2))}`;
}
