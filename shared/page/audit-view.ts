import type { Day } from '../core/days.ts';
import type { Trigger } from '../core/monitor/trigger-findings.ts';
import type { Loosened, Pipeline, Waiver } from '../core/pipeline.ts';
import { counted } from '../core/view/counted.ts';
import { spanTexts } from '../core/view/day-spans.ts';
import type { Deed } from '../core/view/deeds.ts';
import { factWords } from '../core/view/fact-words.ts';
import type { Page } from './layout.ts';
import { html, type Markup } from './markup.ts';
import { gatePath, runPath, tablePath } from './paths.ts';
import { scrollTable } from './scroll-table.ts';
import { type Read, section, shown } from './section.ts';
import { timeMark } from './time.ts';

/** What was done to the newest runs, and how many runs these are. */
export type Deeds = Readonly<{ deeds: readonly Deed[]; runs: number; older: number }>;

export type AuditView = Readonly<{
  timeZone: string;
  /** In the pipeline's zone. */
  today: Day;
  pipeline: Pick<Pipeline, 'waivers' | 'loosened'>;
  deeds: Read<Deeds>;
  triggers: Read<readonly Trigger[]>;
}>;

/** Who let something pass, stopped it or signed for it, and until when that counts. */
export function auditPage({ timeZone, today, pipeline, deeds, triggers }: AuditView): Page {
  const { waivers, loosened } = pipeline;
  const body = html`${section(
    'What people did to runs',
    shown(deeds, (all) => deedTable(all, timeZone, today)),
  )}
${section('Waivers', waivers.length === 0 ? html`<p>None.</p>` : waiverTable(waivers, today))}
${section('Loosened promises', loosened.length === 0 ? html`<p>None.</p>` : loosenedTable(loosened, today))}
${section(
  'Paused schedules',
  shown(triggers, (all) => pausedList(all, timeZone)),
)}`;
  return { title: 'Audit', body, isLive: false };
}

function deedTable({ deeds, runs, older }: Deeds, timeZone: string, today: Day): Markup {
  const of = html`<p class="quiet">Of the ${counted(runs, 'run')} that changed last${older > 0 && `, and none of ${older} older ones`}.</p>`;
  if (deeds.length === 0)
    return html`<p>Nothing: no override, sign-off, pause, cancellation, repair or retry.</p>${of}`;
  return html`${scrollTable(
    'What people did to runs',
    ['When', 'What', 'Who', 'Run', 'Of', 'Why'],
    deeds.map((deed) => deedRow(deed, timeZone, today)),
  )}${of}`;
}

function deedRow({ run, at, asking }: Deed, timeZone: string, today: Day): Markup {
  const { what, about, by } = factWords(asking);
  return html`<tr>
<td>${timeMark(at, timeZone)}</td>
<th scope="row">${what}${asking.type === 'override-signed' && ranOut(asking.until, today)}</th>
<td>${by || 'nobody named'}</td>
<td><a href="${runPath(run)}">${run}</a></td>
<td>${asking.type === 'override-signed' ? html`<a href="${tablePath(asking.table)}">${about}</a>` : 'the run'}</td>
<td>${asking.reason || 'none given'}${asking.type === 'signed-off' && seals(asking.evidence)}</td>
</tr>
`;
}

function seals(evidence: Readonly<Record<string, string>>): Markup {
  return html`<details><summary>the evidence that was signed</summary><ul>${Object.entries(evidence).map(([id, sha256]) => html`<li><a href="${gatePath(id)}">${id}</a> SHA-256 <code>${sha256}</code></li>`)}</ul></details>`;
}

function waiverTable(waivers: readonly Waiver[], today: Day): Markup {
  return scrollTable(
    'Waivers',
    ['Until', 'Table', 'Check', 'Days', 'Who', 'Why'],
    latestFirst(waivers).map(
      ({ until, table, check, days, who, reason }) => html`<tr>
<td>${until}${ranOut(until, today)}</td>
<th scope="row"><a href="${tablePath(table)}">${table}</a></th>
<td>${check}</td><td>${spanTexts(days).join(', ')}</td><td>${who}</td><td>${reason}</td>
</tr>
`,
    ),
  );
}

function loosenedTable(loosened: readonly Loosened[], today: Day): Markup {
  return scrollTable(
    'Loosened promises',
    ['Until', 'Table', 'Promise', 'Who', 'Why'],
    latestFirst(loosened).map(
      ({ until, table, check, field, who, reason }) => html`<tr>
<td>${until}${ranOut(until, today)}</td>
<th scope="row"><a href="${tablePath(table)}">${table}</a></th>
<td>${check ?? 'its own'}${field !== null && `, ${field}`}</td><td>${who}</td><td>${reason}</td>
</tr>
`,
    ),
  );
}

function pausedList(triggers: readonly Trigger[], timeZone: string): Markup {
  const paused = triggers.filter(({ isPaused }) => isPaused);
  if (paused.length === 0) return html`<p>None.</p>`;
  return html`<ul>${paused.map(
    ({ name, pause }) =>
      html`<li>${name}${pause === null ? ': nobody said who or why' : html` by ${pause.by || 'nobody named'} until ${timeMark(pause.until, timeZone)}: ${pause.reason}`}</li>`,
  )}</ul>`;
}

function ranOut(until: Day, today: Day): Markup | null {
  return until < today ? html` <strong class="WARN">ran out: counts as absent</strong>` : null;
}

function latestFirst<Each extends Readonly<{ until: Day }>>(all: readonly Each[]) {
  return all.toSorted((a, b) => (a.until < b.until ? 1 : a.until > b.until ? -1 : 0));
}
