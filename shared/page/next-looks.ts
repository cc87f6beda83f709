import type { Trigger } from '../core/monitor/trigger-findings.ts';
import type { Instant } from '../core/run.ts';
import { html, type Markup } from './markup.ts';
import { monitorPath } from './paths.ts';
import { notRead, type Read } from './section.ts';
import { timeMark } from './time.ts';

/** When a monitor is due next by its cron; null: never. `trigger` is the name of what calls it. */
export type NextLook = Readonly<{ monitor: string; trigger: string; due: Instant | null }>;

const SHOWN = 6;

/** The next looks, and what is paused, with the reason; by the crons alone where the schedules could not be read. */
export function nextLooks(
  looks: readonly NextLook[],
  triggers: Read<readonly Trigger[]>,
  timeZone: string,
): Markup {
  const found = 'value' in triggers ? triggers.value : null;
  const paused = (found ?? []).filter(({ isPaused }) => isPaused);
  const calls = (look: NextLook) => found?.find(({ name }) => name === look.trigger);
  const isDue = (look: NextLook) => look.due !== null && calls(look)?.isPaused !== true;
  const next = looks.filter(isDue).toSorted((a, b) => ((a.due ?? '') < (b.due ?? '') ? -1 : 1));
  return html`${'trouble' in triggers && html`${notRead(triggers.trouble)}<p>Whether any is paused is not known; by their crons:</p>`}
${next.length === 0 && html`<p>Nothing is due: no monitor, or each one is paused.</p>`}
<ul>${next.slice(0, SHOWN).map(
    (look) => html`
<li>${timeMark(look.due ?? '', timeZone)} <a href="${monitorPath(look.monitor)}">${look.monitor}</a>${found !== null && calls(look) === undefined && html` <strong class="bad">its schedule does not exist</strong>`}</li>`,
  )}${paused.map((trigger) => pausedItem(trigger, timeZone))}
</ul>`;
}

function pausedItem({ name, pause }: Trigger, timeZone: string): Markup {
  if (pause === null) {
    return html`
<li><strong class="warn">paused</strong> ${name}: nobody said why</li>`;
  }
  return html`
<li><strong class="warn">paused</strong> ${name} until ${timeMark(pause.until, timeZone)} by ${pause.by || 'nobody named'}: ${pause.reason}</li>`;
}
