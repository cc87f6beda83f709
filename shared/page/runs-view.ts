import { verdictOfRun } from '../core/report.ts';
import { isAtRest, type RunState } from '../core/run.ts';
import type { Page } from './layout.ts';
import { html, type Markup } from './markup.ts';
import { runPath } from './paths.ts';
import { scrollTable } from './scroll-table.ts';
import { runMark } from './state-mark.ts';
import { timeMark } from './time.ts';
import { verdictMark } from './verdict-mark.ts';

/** The newest runs, and how many older ones are not among them. */
export type RunsView = Readonly<{ runs: readonly RunState[]; older: number; timeZone: string }>;

export function runsPage({ runs, older, timeZone }: RunsView): Page {
  const body = html`${runTable(runs, timeZone)}
${older > 0 && html`<p class="quiet">and ${older} older; <code>npx phasegate status</code> lists more</p>`}`;
  return { title: 'Runs', body, isLive: runs.some(({ status }) => !isAtRest(status)) };
}

/** Runs as a table; a sentence where there is none. */
export function runTable(runs: readonly RunState[], timeZone: string): Markup {
  if (runs.length === 0) return html`<p>No run yet.</p>`;
  return scrollTable(
    'Runs',
    ['Run', 'Verdict', 'Stands', 'Days', 'Phases', 'Set going', 'Came to rest'],
    runs.map(
      (state) => html`<tr>
<th scope="row"><a href="${runPath(state.run)}">${state.run}</a></th>
<td>${verdictMark(verdictOfRun(state))}</td>
<td>${runMark(state)}</td>
<td>${state.request.from} to ${state.request.to}</td>
<td>${state.request.phases.join(', ')}</td>
<td>${timeMark(state.since, timeZone)}</td>
<td>${state.endedAt === null ? 'not yet' : timeMark(state.endedAt, timeZone)}</td>
</tr>
`,
    ),
  );
}
