import { verdictOfRun } from '../core/report.ts';
import { isAtRest, type RunState } from '../core/run.ts';
import type { Page } from './layout.ts';
import { html, type Markup } from './markup.ts';
import { runPath } from './paths.ts';
import { verdictMark } from './verdict-mark.ts';

/** The newest runs, and how many older ones are not among them. */
export type RunsView = Readonly<{ runs: readonly RunState[]; older: number }>;

export function runsPage({ runs, older }: RunsView): Page {
  const body = html`${runTable(runs)}
${older > 0 && html`<p class="quiet">and ${older} older; <code>npx phasegate status</code> lists more</p>`}`;
  return { title: 'Runs', body, isLive: runs.some(({ status }) => !isAtRest(status)) };
}

/** Runs as a table; a sentence where there is none. */
export function runTable(runs: readonly RunState[]): Markup {
  if (runs.length === 0) return html`<p>No run yet.</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Runs"><table>
<thead><tr><th scope="col">Run</th><th scope="col">Verdict</th><th scope="col">Stands</th><th scope="col">Days</th><th scope="col">Phases</th></tr></thead>
<tbody>${runs.map(
    (state) => html`<tr>
<th scope="row"><a href="${runPath(state.run)}">${state.run}</a></th>
<td>${verdictMark(verdictOfRun(state))}</td>
<td>${state.status}${state.paused !== null && ', paused'}</td>
<td>${state.request.from} to ${state.request.to}</td>
<td>${state.request.phases.join(', ')}</td>
</tr>
`,
  )}</tbody></table></div>`;
}
