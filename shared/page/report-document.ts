import { daySpans, spanTexts } from '../core/view/day-spans.ts';
import { publishedLines } from '../core/view/published-lines.ts';
import { againLines } from '../core/view/refusal-lines.ts';
import type { ToldReport, ToldRow, ToldTable } from '../core/view/report-told.ts';
import { signedLines } from '../core/view/signed-lines.ts';
import { estimateText, spentText, tookText } from '../core/view/spent-text.ts';
import { html, type Markup } from './markup.ts';
import { refusedTable } from './refused-table.ts';
import { STYLE } from './style.ts';
import { verdictMark } from './verdict-mark.ts';

/** Pictures of a run, or why there are none. */
export type ReportPictures = Readonly<{ pictures: readonly Markup[]; note: string | null }>;

/**
 * A report as one document that needs nothing else: its style stands in it, it has no script, and it asks for nothing
 * from anywhere. It can be opened from a disk and sent as a file.
 */
export function reportDocument(told: ToldReport, { pictures, note }: ReportPictures): string {
  const { verdict, report, phases, tables, next, withdrawn } = told;
  const { state } = report;
  const published = [...publishedLines(state), ...withdrawn];
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${verdict}: ${state.run} · Phasegate</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
<main>
<h1>${verdictMark(verdict)} ${state.run} ${state.status}</h1>
${headOf(told)}
${stillBadOf(told)}
<h2>Phases</h2>
<table><thead><tr><th scope="col">Phase</th><th scope="col">Stands</th></tr></thead>
<tbody>${phases.map(({ phase, stands }) => html`<tr><th scope="row">${phase}</th><td>${stands}</td></tr>`)}</tbody></table>
${refusalsOf(told)}
<h2>Gates</h2>
${tables.map(gateOf)}
${listed('Signed for', signedLines(state))}
${waiversOf(told)}
${listed('What readers see', published)}
${pictures.length > 0 && html`<h2>Pictures</h2>${pictures}`}
${note !== null && html`<p class="quiet">${note}</p>`}
${next.length > 0 && html`<h2>Next</h2><pre>${next.join('\n')}</pre>`}
</main>
</body>
</html>
`;
  return markup;
}

function headOf({ report }: ToldReport): Markup {
  const { state, startedAt, endedAt, asked, launches, repairs } = report;
  const { from, to, mode, phases } = state.request;
  const facts: readonly (readonly [string, string | null])[] = [
    ['Range', `${from} to ${to}, mode ${mode}, phases ${phases.join(', ')}`],
    [
      'Asked by',
      asked === undefined
        ? null
        : `${asked.by || 'nobody named'}${asked.reason === '' ? '' : `: ${asked.reason}`}`,
    ],
    ['Started', startedAt],
    ['Ended', endedAt],
    ['Took', tookText(report)],
    ['Spent', spentText(state)],
    ['Estimate', estimateText(report)],
    ['Work', `launches: ${launches}, repairs: ${repairs}, rounds: ${state.round}`],
    ['Definition', state.definition],
    ['Code version', state.version ?? null],
  ];
  const known = facts.filter(([, text]) => text !== null && text !== '');
  return html`${state.message !== null && html`<p>${state.message}</p>`}
<dl>${known.map(([label, text]) => html`<dt>${label}</dt><dd>${text}</dd>`)}</dl>`;
}

function stillBadOf({ report: { state }, stillBad }: ToldReport): Markup {
  if (stillBad.length === 0) {
    return html`${state.status === 'passed' && html`<p>Nothing is still bad.</p>`}`;
  }
  return html`<h2>Still bad</h2>
<table><thead><tr><th scope="col">Table</th><th scope="col">Why</th><th scope="col">Days</th></tr></thead>
<tbody>${stillBad.map(
    ({ table, why, days }) =>
      html`<tr><th scope="row">${table}</th><td>${why}</td><td>${days.length === 0 ? 'no day is named' : daySpans(state.calendar, days, 8)}</td></tr>`,
  )}</tbody></table>`;
}

function refusalsOf({ report: { refused = [], again = [] } }: ToldReport): Markup {
  return html`${refused.length > 0 && html`<h2>Refused before it passed</h2>`}
${refusedTable(
  refused,
  (at) => at,
  (evidence) => html`<code>${evidence}</code>`,
)}
${againLines(again).map((line) => html`<p>${line}</p>`)}`;
}

function gateOf({ table, verdict, state, evidence, rows, held }: ToldTable): Markup {
  const trouble = rows.filter(({ check }) => check.verdict !== 'PASS');
  const good = rows.filter(({ check }) => check.verdict === 'PASS');
  return html`<h3>${verdictMark(verdict)} ${table}</h3>
<p class="quiet">${state.tag}; ${rows.length === 0 ? 'no gate has judged it' : `${held} of ${rows.length} checks hold`}${evidence !== null && html`; evidence <code>${evidence}</code>`}</p>
${trouble.length > 0 && rowTable(trouble, `Checks of ${table} that do not hold`)}
${good.length > 0 && html`<details><summary>Checks that hold</summary>${rowTable(good, `Checks of ${table} that hold`)}</details>`}
`;
}

function rowTable(rows: readonly ToldRow[], label: string): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table>
<thead><tr><th scope="col">Check</th><th scope="col">Verdict</th><th scope="col">Value</th><th scope="col">Accepted</th><th scope="col">Before</th><th scope="col">Why</th></tr></thead>
<tbody>${rows.map(
    ({ check, verdict, value, threshold, history }) => html`<tr>
<th scope="row">${check.id}</th><td>${verdictMark(verdict)}</td><td>${value}</td><td>${threshold}</td><td>${history}</td>
<td>${check.message}${check.days.length > 0 && html`<br><span class="quiet">on ${check.days.join(', ')}</span>`}</td></tr>
`,
  )}</tbody></table></div>`;
}

function waiversOf({ waivers }: ToldReport): Markup {
  const lines = waivers.map(
    ({ table, check, days, who, until, reason }) =>
      `${table} ${check} on ${spanTexts(days).join(', ')} by ${who} until ${until}: ${reason}`,
  );
  return listed('Waivers in force', lines);
}

function listed(title: string, lines: readonly string[]): Markup {
  return html`${lines.length > 0 && html`<h2>${title}</h2><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`}`;
}
