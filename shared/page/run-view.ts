import type { Table } from '../core/pipeline.ts';
import { mendedRefusals } from '../core/refusals.ts';
import { type RunReport, verdictOfRun } from '../core/report.ts';
import { isAtRest, type RunState } from '../core/run.ts';
import type { RunEvent } from '../core/run-event.ts';
import { counted } from '../core/view/counted.ts';
import { durationBars } from '../core/view/duration-bars.ts';
import { publishedLines } from '../core/view/published-lines.ts';
import { pausedLine } from '../core/view/signed-lines.ts';
import { commandBlock } from './commands.ts';
import type { Page } from './layout.ts';
import { html, type Markup, type Piece } from './markup.ts';
import { gatePath, tablePath } from './paths.ts';
import { durationChart } from './pictures/duration-chart.ts';
import { progressBars, progressOf, tablesDone } from './progress.ts';
import { refusedTable } from './refused-table.ts';
import { runGraph } from './run-graph.ts';
import { runTables } from './run-tables.ts';
import { notRead, type Read, section, shown } from './section.ts';
import { runMark } from './state-mark.ts';
import { timeMark } from './time.ts';
import { timeline } from './timeline.ts';
import { verdictMark } from './verdict-mark.ts';

export type RunView = Readonly<{
  state: RunState;
  timeZone: string;
  /** Folded facts, the first first. */
  events: Read<readonly RunEvent[]>;
  /** The tables of the definition that it was started with. */
  tables: Read<readonly Table[]>;
  /** What each check of the last gates said; null: not asked while the run goes on. */
  checks: Read<RunReport['checks']> | null;
  /** Of verified views from which days are gone, as `withdrawnLines` says it. */
  withdrawn: readonly string[];
  next: readonly string[];
}>;

const NO_CHECKS: RunReport['checks'] = new Map();

/** A run: its verdict, what was asked, where each table stands, and what happened. */
export function runPage(view: RunView): Page {
  const { state, timeZone, events, tables, checks, withdrawn, next } = view;
  const isLive = !isAtRest(state.status);
  const known = checks !== null && 'value' in checks ? checks.value : NO_CHECKS;
  const body = html`<p class="lead">${!isLive && html`${verdictMark(verdictOfRun(state))} `}${runMark(state)}: ${sentence(state)}</p>
${state.message !== null && html`<p class="said">${state.message}</p>`}
${state.paused !== null && html`<p class="WARN">${pausedLine(state.paused)}</p>`}
${state.waitingFor !== null && html`<p>A gate waits for ${state.waitingFor}.</p>`}
${'value' in events && refusedBefore(state, events.value, timeZone)}
${next.length > 0 && section('What to do next', commandBlock(next))}
${section('What was asked', asked(view))}
${section(
  'Tables',
  html`${shown(tables, (own) => html`${progressBars(progressOf(state, own))}${runGraph(state, own)}`)}
${checks !== null && 'trouble' in checks && html`<p>What each check said:</p>${notRead(checks.trouble)}`}
${runTables(state, known)}`,
)}
${section(
  'How long it took',
  shown(
    events,
    (all) =>
      html`<div class="scroll" tabindex="0" role="region" aria-label="Phases and launches">${durationChart(durationBars(all), 'Phases and launches')}</div>`,
  ),
)}
${section('Signed and published', signed(state, withdrawn, timeZone))}
${section(
  'What happened',
  shown(events, (all) => timeline(all, timeZone)),
)}`;
  return { title: `Run ${state.run}`, body, isLive };
}

function refusedBefore(
  state: RunState,
  events: readonly RunEvent[],
  timeZone: string,
): Markup | null {
  const refused = mendedRefusals(state, events);
  if (refused.length === 0) return null;
  const table = refusedTable(
    refused,
    (at) => timeMark(at, timeZone),
    (evidence) => html`<a href="${gatePath(evidence)}">${evidence}</a>`,
  );
  return section('Refused before it passed', table);
}

function sentence({ request, tables }: RunState): string {
  return `${request.from} to ${request.to}, ${tablesDone(tables)}`;
}

function asked({ state, timeZone, events }: RunView): Markup {
  const { request, startedWith, plan, version, image, since, endedAt, round, repairs, spent } =
    state;
  const all = 'value' in events ? events.value : [];
  const first = all.find((event) => event.type === 'run-requested');
  const rows: readonly (readonly [string, Piece])[] = [
    ['range', `${request.from} to ${request.to}`],
    ['mode', request.mode],
    ['phases', request.phases.join(', ')],
    ['asked by', first === undefined ? 'not known' : first.by || 'nobody named'],
    ['asked at', first === undefined ? 'not known' : timeMark(first.at, timeZone)],
    ['reason', first?.reason || 'none given'],
    ['set going', timeMark(since, timeZone)],
    ['came to rest', endedAt === null ? 'not yet' : timeMark(endedAt, timeZone)],
    ['pipeline', startedWith?.pipeline ?? request.pipeline],
    ...(startedWith?.overlay === undefined ? [] : [['overlay', startedWith.overlay] as const]),
    ['definition', html`<code>${state.definition}</code>`],
    ['code version', version ?? 'not known'],
    ...(image === null ? [] : [['jobs’ image', html`<code>${image}</code>`] as const]),
    ['plan agreed to', plan === null ? 'any' : html`<code>${plan}</code>`],
    ['round', `${round}, with ${counted(repairs.inAll, 'repair')}`],
    [
      'spent',
      `${spent.jobMinutes.toFixed(1)} job minutes, ${spent.bytes.toLocaleString('en-US')} bytes read by gates and jobs`,
    ],
  ];
  return html`<dl>${rows.map(([term, piece]) => html`<dt>${term}</dt><dd>${piece}</dd>`)}</dl>`;
}

function signed(state: RunState, withdrawn: readonly string[], timeZone: string): Markup {
  const lines: readonly Markup[] = [
    ...state.overrides.map(
      ({ table, by, at, until, reason, refused }) =>
        html`override of <a href="${tablePath(table)}">${table}</a> by ${by} ${timeMark(at, timeZone)}, until ${until}: ${reason} (refused: ${refused})`,
    ),
    ...state.signOffs.map(
      ({ by, at, reason, evidence }) =>
        html`signed off by ${by} ${timeMark(at, timeZone)}${reason !== '' && `: ${reason}`}<details><summary>${counted(Object.keys(evidence).length, 'piece', 'pieces')} of evidence</summary><ul>${Object.entries(evidence).map(([id, sha256]) => html`<li>${id} <code>${sha256}</code></li>`)}</ul></details>`,
    ),
    ...[...publishedLines(state), ...withdrawn].map((line) => html`${line}`),
  ];
  if (lines.length === 0)
    return html`<p>Nobody signed for anything, and nothing was published.</p>`;
  return html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}
