import type { Page } from './layout.ts';
import { html, type Markup } from './markup.ts';
import { deadlineText, looksTable } from './monitor-runs.ts';
import type { WatchedMonitor } from './monitors-view.ts';
import { openTroubles } from './open-troubles.ts';
import { section, shown } from './section.ts';
import { timeMark } from './time.ts';
import { troublesTable } from './troubles-table.ts';

/** One monitor: what it is for, when it looks, its last looks, and what it found and has not seen to be over. */
export function monitorPage(
  { monitor, read, nextDue }: WatchedMonitor,
  timeZone: string,
  world: string,
): Page {
  const { name, description, cron, timeZone: zone, severity, channel, judges } = monitor;
  const body = html`${description !== null && html`<p class="lead">${description}</p>`}
<dl>
<dt>looks at</dt><dd>${judges.what}</dd>
<dt>when</dt><dd><code>${cron}</code> ${zone}; ${deadlineText(monitor)}</dd>
<dt>next due</dt><dd>${nextDue === null ? 'never' : timeMark(nextDue, timeZone)}</dd>
<dt>tells</dt><dd>${severity}, ${channel === null ? 'wherever alerts of this severity go' : `through ${channel}`}</dd>
</dl>
${section(
  'Open findings',
  shown(read, (state) =>
    open(
      state.open.length,
      troublesTable(openTroubles([{ monitor: name, state }]), timeZone, world),
    ),
  ),
)}
${section(
  'Last looks',
  shown(read, ({ runs }) => looksTable(monitor, runs, timeZone)),
)}`;
  return { title: name, body, isLive: false };
}

function open(count: number, table: Markup): Markup {
  return count === 0 ? html`<p>None.</p>` : table;
}
