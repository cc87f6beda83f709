import type { Finding } from '../core/monitor/finding.ts';
import type { Monitor } from '../core/monitor/monitor.ts';
import type { MonitorState } from '../core/monitor/monitor-state.ts';
import { isTooSeldomReady, type Readiness, readinessLine } from '../core/monitor/readiness.ts';
import type { Trigger } from '../core/monitor/trigger-findings.ts';
import type { Pipeline } from '../core/pipeline.ts';
import type { Instant } from '../core/run.ts';
import { commandsInWorld } from '../core/view/in-world.ts';
import type { Page } from './layout.ts';
import { html, type Markup } from './markup.ts';
import { isLate, lookMark } from './monitor-runs.ts';
import { monitorPath } from './paths.ts';
import { scrollTable } from './scroll-table.ts';
import { type Read, section, shown } from './section.ts';
import { timeMark } from './time.ts';

/** A monitor with what it knows, and when it is due next by its cron; null: never. */
export type WatchedMonitor = Readonly<{
  monitor: Monitor;
  read: Read<MonitorState>;
  nextDue: Instant | null;
}>;

/** The schedules that are there, and what is wrong with those that the monitors need. */
export type Schedules = Readonly<{ triggers: readonly Trigger[]; wrong: readonly Finding[] }>;

export type MonitorsView = Readonly<{
  pipeline: Pipeline;
  monitors: readonly WatchedMonitor[];
  schedules: Read<Schedules>;
  readiness: Read<readonly Readiness[]>;
  world: string;
}>;

/** Who looks when nobody does, who looks after those, and how often phases were ready in time. */
export function monitorsPage({
  pipeline,
  monitors,
  schedules,
  readiness,
  world,
}: MonitorsView): Page {
  const { timeZone } = pipeline;
  const body = html`${
    monitors.length === 0
      ? html`<p>No monitor: the pipeline file declares none, so nobody looks when nobody asks.</p>`
      : scrollTable(
          'Monitors',
          ['Monitor', 'When', 'Last look', 'Verdict', 'Open', 'Next due'],
          monitors.map((each) => monitorRow(each, timeZone)),
        )
  }
${section(
  'Schedules',
  shown(schedules, (all) => schedulesOf(all, monitors.length, world)),
)}
${section('Channels of alerts', channels(monitors, timeZone))}
${section('Phases ready in time, in the last 30 days', shown(readiness, readinessList))}`;
  return { title: 'Monitors', body, isLive: false };
}

function monitorRow({ monitor, read, nextDue }: WatchedMonitor, timeZone: string): Markup {
  const { name, cron, timeZone: zone, description } = monitor;
  return html`<tr><th scope="row"><a href="${monitorPath(name)}">${name}</a>${description !== null && html`<div class="why">${description}</div>`}</th><td><code>${cron}</code> ${zone}</td>${known(monitor, read, timeZone)}<td>${nextDue === null ? 'never' : timeMark(nextDue, timeZone)}</td></tr>
`;
}

function known(monitor: Monitor, read: Read<MonitorState>, timeZone: string): Markup {
  if ('trouble' in read) {
    return html`<td colspan="3" class="UNKNOWN">Not known. It could not be read: ${read.trouble}</td>`;
  }
  const [last] = read.value.runs;
  const open = read.value.open.length;
  const openCell = html`<td>${open === 0 ? 'none' : html`<strong class="bad">${open} open</strong>`}</td>`;
  if (last === undefined) return html`<td colspan="3" class="UNKNOWN">it has never looked</td>`;
  return html`<td>${timeMark(last.endedAt, timeZone)}${isLate(monitor, last) && html` <strong class="warn">late</strong>`}</td><td>${lookMark(last)}</td>${openCell}`;
}

function schedulesOf({ triggers, wrong }: Schedules, expected: number, world: string): Markup {
  const count = html`<p>${expected} expected for the monitors, ${triggers.length} there.</p>`;
  if (expected === 0) return count;
  if (wrong.length === 0)
    return html`${count}<p class="good">✓ Each one that the monitors need is there, right, and was answered, or is paused with a reason.</p>`;
  return html`${count}<ul>${wrong.map(
    ({ title, next }) =>
      html`<li><strong class="bad">✗ ${title}</strong>${next !== null && html`; next: <code>${commandsInWorld(next, world)}</code>`}</li>`,
  )}</ul>`;
}

/** What the monitors of channels saw of their last test. */
function channels(monitors: readonly WatchedMonitor[], timeZone: string): Markup {
  const own = monitors.filter(({ monitor }) => monitor.judges.what === 'channels');
  if (own.length === 0) {
    return html`<p class="UNKNOWN">No monitor tests them: that alerts arrive is not known.</p>`;
  }
  return html`<ul>${own.map(({ monitor, read }) => {
    const last = 'value' in read ? read.value.runs[0] : undefined;
    const said =
      'trouble' in read
        ? html`<span class="UNKNOWN">not known: ${read.trouble}</span>`
        : last === undefined
          ? html`<span class="UNKNOWN">never tested</span>`
          : html`${lookMark(last)} ${last.message} (looked ${timeMark(last.endedAt, timeZone)})`;
    return html`<li><a href="${monitorPath(monitor.name)}">${monitor.name}</a>: ${said}</li>`;
  })}</ul>`;
}

function readinessList(all: readonly Readiness[]): Markup {
  if (all.length === 0) return html`<p>No phase says by when it is to be ready.</p>`;
  return html`<ul>${all.map((each) => html`<li>${mark(each)} ${readinessLine(each)}</li>`)}</ul>`;
}

function mark(readiness: Readiness): Markup {
  if (readiness.days === 0) return html`<span class="quiet">·</span>`;
  return isTooSeldomReady(readiness)
    ? html`<strong class="bad">✗ too seldom</strong>`
    : html`<span class="good">✓</span>`;
}
