import { bridgeForPeople } from '../core/calendar.ts';
import { countDays, type DaySet } from '../core/day-set.ts';
import type { TableName } from '../core/ids.ts';
import type { ReportedCheck, RunReport } from '../core/report.ts';
import type { RunState } from '../core/run.ts';
import type { TableState } from '../core/table-state.ts';
import { counted } from '../core/view/counted.ts';
import { spanTexts } from '../core/view/day-spans.ts';
import { verdictsOf } from '../core/view/run-lines.ts';
import { html, type Markup } from './markup.ts';
import { gatePath, tablePath } from './paths.ts';
import { scrollTable } from './scroll-table.ts';
import { tableMark } from './state-mark.ts';
import { verdictMark } from './verdict-mark.ts';

/** The tables of a run: where each stands, what it was to write, what is bad of it, and the evidence. */
export function runTables(state: RunState, checks: RunReport['checks']): Markup {
  const verdicts = verdictsOf(state);
  const names = Object.keys(state.tables) as TableName[];
  if (names.length === 0)
    return html`<p>It is not known yet: the run has not read what there is to do.</p>`;
  return scrollTable(
    'Tables of the run',
    ['Table', 'Stands', 'Verdict', 'Days', 'Attempts', 'Bad days', 'Evidence'],
    names.map((name) => {
      const table = state.tables[name];
      if (table === undefined) return null;
      const spans = (days: DaySet) => daysCell(bridgeForPeople(state.calendar, days), days);
      return html`<tr>
<th scope="row"><a href="${tablePath(name)}">${name}</a>${notPassing(table, checks.get(name) ?? [])}</th>
<td>${tableMark(table.tag)}</td>
<td>${verdictMark(verdicts[name] ?? 'UNKNOWN')}</td>
<td>${state.status === 'reading' ? 'not known yet' : 'days' in table ? spans(table.days) : 'judged'}</td>
<td class="number">${table.attempt}</td>
<td>${'badDays' in table ? spans(table.badDays) : 'none named'}</td>
<td>${'evidence' in table && table.evidence !== '' ? html`<a href="${gatePath(table.evidence)}">what its gate kept</a>` : 'none yet'}</td>
</tr>
`;
    }),
  );
}

function daysCell(bridged: DaySet, days: DaySet): Markup | string {
  if (days.length === 0) return 'none';
  const spans = spanTexts(bridged);
  const count = counted(countDays(days), 'day');
  if (spans.length <= 3) return `${spans.join(', ')} (${count})`;
  return html`<details><summary>${count}, ${counted(spans.length, 'range')}</summary>${spans.join(', ')}</details>`;
}

/** Why it stands as it does, and the checks that did not pass. */
function notPassing(table: TableState, checks: readonly ReportedCheck[]): Markup {
  const failing = checks.filter(({ verdict }) => verdict !== 'PASS');
  const message = 'message' in table ? table.message : '';
  return html`${message !== '' && html`<div class="why">${message}</div>`}${
    checks.length > 0 &&
    html`<details><summary>${checks.length - failing.length} of ${checks.length} checks pass</summary>
<ul>${failing.map((check) => html`<li>${verdictMark(check.verdict)} ${check.id} (${check.severity}): ${check.message}${check.days.length > 0 && html`; on ${check.days.join(', ')}`}</li>`)}</ul></details>`
  }`;
}
