import type { MonitorRun } from '../core/monitor/finding.ts';
import type { Monitor } from '../core/monitor/monitor.ts';
import { counted } from '../core/view/counted.ts';
import { html, type Markup } from './markup.ts';
import { gatePath } from './paths.ts';
import { lasted } from './pictures/duration-chart.ts';
import { scrollTable } from './scroll-table.ts';
import { timeMark } from './time.ts';
import { verdictMark } from './verdict-mark.ts';

/** The verdict of a look; IDLE is one that had nothing to look at. */
export function lookMark({ verdict }: Pick<MonitorRun, 'verdict'>): Markup {
  return verdict === 'IDLE' ? html`<span class="quiet">· IDLE</span>` : verdictMark(verdict);
}

/** Whether it ended after it had to. */
export function isLate({ deadlineMinutes }: Monitor, { due, endedAt }: MonitorRun): boolean {
  return Date.parse(endedAt) - Date.parse(due) > deadlineMinutes * 60_000;
}

/** The last looks of a monitor, newest first: when it was due, when it looked, and what came of it. */
export function looksTable(
  monitor: Monitor,
  runs: readonly MonitorRun[],
  timeZone: string,
): Markup {
  if (runs.length === 0) return html`<p>It has never looked.</p>`;
  return scrollTable(
    'Last looks',
    ['Due', 'Started', 'Took', 'Verdict', 'Findings', 'What it says', 'Evidence'],
    runs.map(
      (
        run,
      ) => html`<tr><th scope="row">${timeMark(run.due, timeZone)}</th><td>${timeMark(run.startedAt, timeZone)}</td><td>${lasted(Date.parse(run.endedAt) - Date.parse(run.startedAt))}${isLate(monitor, run) && html` <strong class="warn">late</strong>`}</td><td>${lookMark(run)}</td><td class="number">${run.findings}</td><td>${run.message}</td><td>${run.evidence === null ? 'none' : html`<a href="${gatePath(run.evidence)}">evidence</a>`}</td></tr>
`,
    ),
  );
}

export function deadlineText({ deadlineMinutes }: Monitor): string {
  return `ends within ${counted(deadlineMinutes, 'minute')} of its time`;
}
