import type { Refusal } from '../core/refusals.ts';
import type { Instant } from '../core/run.ts';
import { spansShown } from '../core/view/refusal-lines.ts';
import { html, type Markup, type Piece } from './markup.ts';
import { verdictMark } from './verdict-mark.ts';

/** Gates that refused before they passed; nothing where there was none. */
export function refusedTable(
  refused: readonly Refusal[],
  when: (at: Instant) => Piece,
  proof: (evidence: string) => Piece,
): Markup {
  if (refused.length === 0) return html``;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Gates that refused before they passed"><table>
<thead><tr><th scope="col">Table</th><th scope="col">Verdict</th><th scope="col">When</th><th scope="col">Days</th><th scope="col">Why</th></tr></thead>
<tbody>${refused.map(
    ({ table, verdict, at, days, message, evidence }) =>
      html`<tr><th scope="row">${table}</th><td>${verdictMark(verdict)}</td><td>${when(at)}</td><td>${spansShown(days)}</td><td>${message}<br><span class="quiet">evidence ${proof(evidence)}</span></td></tr>`,
  )}</tbody></table></div>`;
}
