import type { Trigger } from '../core/monitor/trigger-findings.ts';
import type { Table } from '../core/pipeline.ts';
import { isAtRest, type RunState } from '../core/run.ts';
import type { Page } from './layout.ts';
import { html, type Markup } from './markup.ts';
import { type NextLook, nextLooks } from './next-looks.ts';
import { nowVerdict } from './now-verdict.ts';
import { openTroubles, type Watching } from './open-troubles.ts';
import { MONITORS, RUNS, runPath } from './paths.ts';
import { progressBars, progressOf, tablesDone } from './progress.ts';
import { runTable } from './runs-view.ts';
import { notRead, type Read, section, shown } from './section.ts';
import { runMark } from './state-mark.ts';
import { timeMark } from './time.ts';
import { troublesTable } from './troubles-table.ts';
import { verdictMark } from './verdict-mark.ts';

/** A run that is not at rest; `tables` null where its definition could not be read. */
export type LiveRun = Readonly<{ state: RunState; tables: readonly Table[] | null }>;

export type NowView = Readonly<{
  timeZone: string;
  world: string;
  /** The newest, the latest first. */
  runs: Read<readonly RunState[]>;
  live: readonly LiveRun[];
  /** Each monitor of the pipeline. */
  watched: readonly Readonly<{ monitor: string; read: Read<Watching>; hasMissed: boolean }>[];
  looks: readonly NextLook[];
  triggers: Read<readonly Trigger[]>;
}>;

const AT_REST = 5;

/** How it stands now: one sentence, then what goes on, what is open, and what is due. */
export function nowPage(view: NowView): Page {
  const { runs, live, watched, looks, triggers, timeZone, world } = view;
  const watching = watched.flatMap(({ read }) => ('value' in read ? [read.value] : []));
  const unread = watched.flatMap(({ monitor, read }) =>
    'trouble' in read ? [{ monitor, trouble: read.trouble }] : [],
  );
  const troubles = openTroubles(watching);
  const { verdict, sentence } = nowVerdict({
    runs: 'value' in runs ? runs.value : [],
    troubles,
    monitors: watched.length,
    silent: watching.filter(({ state }) => state.runs.length === 0).length,
    blind: watched.filter(({ read, hasMissed }) => hasMissed || couldNotLook(read)).length,
    unread: [
      ...('trouble' in runs ? ['the runs'] : []),
      ...unread.map(({ monitor }) => `what ${monitor} saw`),
      ...('trouble' in triggers ? ['the schedules'] : []),
    ],
  });
  const body = html`<p class="lead">${verdictMark(verdict)} ${sentence}</p>
${section('Live runs', live.length === 0 ? shown(runs, () => html`<p>None.</p>`) : html`${live.map((each) => liveRun(each, timeZone))}`)}
${section(
  'Last runs at rest',
  shown(runs, (all) => lastRuns(all, timeZone)),
)}
${section(
  'Open findings',
  html`${unread.map(({ monitor, trouble }) => html`<p>${monitor}:</p>${notRead(trouble)}`)}${troubles.length === 0 ? html`<p>None${unread.length > 0 ? ' that could be read' : ' that a monitor has seen'}.</p>` : troublesTable(troubles, timeZone, world)}<p><a href="${MONITORS}">All monitors</a></p>`,
)}
${section('Next looks', nextLooks(looks, triggers, timeZone))}`;
  return { title: 'Now', body, isLive: live.length > 0 };
}

function couldNotLook(read: Read<Watching>): boolean {
  return 'value' in read && read.value.state.runs[0]?.verdict === 'UNKNOWN';
}

function lastRuns(runs: readonly RunState[], timeZone: string): Markup {
  const last = runs.filter(({ status }) => isAtRest(status)).slice(0, AT_REST);
  return html`${last.length === 0 ? html`<p>None.</p>` : runTable(last, timeZone)}<p><a href="${RUNS}">All runs</a></p>`;
}

function liveRun({ state, tables }: LiveRun, timeZone: string): Markup {
  const { run, request, since, message } = state;
  return html`<h3><a href="${runPath(run)}">${run}</a></h3>
<p>${runMark(state)}: ${request.from} to ${request.to}, set going ${timeMark(since, timeZone)}; ${tablesDone(state.tables)}</p>
${message !== null && html`<p class="said">${message}</p>`}
${tables === null ? html`<p class="quiet">Its phases cannot be told: its definition was kept by other code.</p>` : progressBars(progressOf(state, tables))}`;
}
