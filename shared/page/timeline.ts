import type { TableName } from '../core/ids.ts';
import type { RunEvent } from '../core/run-event.ts';
import { factWords } from '../core/view/fact-words.ts';
import { html, type Markup } from './markup.ts';
import { gatePath, tablePath } from './paths.ts';
import { scrollTable } from './scroll-table.ts';
import { timeMark } from './time.ts';

const SHOWN = 300;

/** What happened in a run, the first first; looks at the clock are left out. A long story loses its beginning. */
export function timeline(events: readonly RunEvent[], timeZone: string): Markup {
  const told = events.filter(({ type }) => type !== 'clock-ticked');
  const left = told.length - SHOWN;
  return html`${left > 0 && html`<p class="quiet">${left} earlier facts are not shown</p>`}
${scrollTable(
  'What happened',
  ['Time', 'What', 'Of', 'More'],
  told.slice(-SHOWN).map((event) => row(event, timeZone)),
)}`;
}

function row(event: RunEvent, timeZone: string): Markup {
  const { what, about, detail, by } = factWords(event);
  return html`<tr>
<td>${timeMark(event.at, timeZone)}</td>
<th scope="row">${evidenceOf(event, what)}${by !== '' && ` by ${by}`}</th>
<td>${about?.includes('.') ? html`<a href="${tablePath(about as TableName)}">${about}</a>` : about}</td>
<td>${detail}</td>
</tr>
`;
}

/** A gate leads to what it kept. */
function evidenceOf(event: RunEvent, what: string): Markup | string {
  const evidence =
    event.type === 'gate-judged'
      ? event.evidence
      : event.type === 'roll-called'
        ? (Object.values(event.tables)[0]?.evidence ?? '')
        : '';
  return evidence === '' ? what : html`<a href="${gatePath(evidence)}">${what}</a>`;
}
