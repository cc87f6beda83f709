import { html, type Markup, trusted } from '../markup.ts';
import { DAY_LOOKS, type DayKind } from './day-look.ts';

const KINDS = Object.keys(DAY_LOOKS).filter((kind): kind is DayKind => kind in DAY_LOOKS);

/** Each of these kinds of day: its mark, its symbol and its word. */
export function legend(kinds: ReadonlySet<DayKind>): Markup {
  const shown = KINDS.filter((kind) => kinds.has(kind));
  if (shown.length === 0) return html``;
  return html`<p class="legend quiet">${shown.map((kind) => {
    const { symbol } = DAY_LOOKS[kind];
    return html`<span class="key">${mark(kind)} <span aria-hidden="true">${symbol}</span> ${kind}</span> `;
  })}</p>`;
}

function mark(kind: DayKind): Markup {
  const { colour, bands } = DAY_LOOKS[kind];
  const path = bands.map(([top, height]) => `M0 ${top}h12v${height}h-12z`).join('');
  return trusted(
    `<svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><path fill="${colour}" d="${path}"/></svg>`,
  );
}
