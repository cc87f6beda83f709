import { countDays } from '../core/day-set.ts';
import { counted } from '../core/view/counted.ts';
import { spanTexts } from '../core/view/day-spans.ts';
import { commandsInWorld } from '../core/view/in-world.ts';
import { html, type Markup } from './markup.ts';
import type { OpenTrouble } from './open-troubles.ts';
import { monitorPath } from './paths.ts';
import { scrollTable } from './scroll-table.ts';
import { timeMark } from './time.ts';

const SHOWN = 50;
const SPANS = 4;

/** What is open: what, on which days, since when, and whether people were told. */
export function troublesTable(
  troubles: readonly OpenTrouble[],
  timeZone: string,
  world: string,
): Markup {
  const left = troubles.length - SHOWN;
  return html`${scrollTable(
    'Open findings',
    ['How loud', 'What', 'Days', 'Since', 'Told', 'Seen by'],
    troubles.slice(0, SHOWN).map((trouble) => row(trouble, timeZone, world)),
  )}
${left > 0 && html`<p class="quiet">and ${left} more that are quieter</p>`}`;
}

function row({ finding, monitors, since }: OpenTrouble, timeZone: string, world: string): Markup {
  const { severity, title, details, next, days } = finding;
  return html`<tr>
<td>${severity}</td>
<th scope="row">${title}${(details.length > 0 || next !== null) && moreOf(details, next, world)}</th>
<td>${daysOf(days)}</td>
<td>${timeMark(since, timeZone)}</td>
<td>${toldOf(finding, timeZone)}</td>
<td>${monitors.map((name, index) => html`${index > 0 && ', '}<a href="${monitorPath(name)}">${name}</a>`)}</td>
</tr>
`;
}

function moreOf(details: readonly string[], next: string | null, world: string): Markup {
  return html`<details><summary>numbers, and what to do</summary>
<ul>${details.map((line) => html`<li>${line}</li>`)}</ul>
${next !== null && html`<p>next: <code>${commandsInWorld(next, world)}</code></p>`}</details>`;
}

function daysOf(days: OpenTrouble['finding']['days']): string {
  if (days.length === 0) return 'of no day';
  const spans = spanTexts(days);
  const more = spans.length > SPANS ? ` and ${counted(spans.length - SPANS, 'more span')}` : '';
  return `${spans.slice(0, SPANS).join(', ')}${more} (${counted(countDays(days), 'day')})`;
}

function toldOf({ toldAt, quietUntil }: OpenTrouble['finding'], timeZone: string): Markup {
  return toldAt === null
    ? html`not told; it came back and is quiet until ${timeMark(quietUntil, timeZone)}`
    : html`told ${timeMark(toldAt, timeZone)}`;
}
