import { html, type Markup, type Piece } from './markup.ts';

/** A table that scrolls by itself where it is too wide, and can be reached by keyboard. `rows` are `<tr>` elements. */
export function scrollTable(
  label: string,
  headings: readonly string[],
  rows: readonly Piece[],
): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table>
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>
${rows}</tbody></table></div>`;
}
