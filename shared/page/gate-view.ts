import type { GateEvidence } from '../core/evidence.ts';
import { letsPass } from '../core/verdict.ts';
import { gateTable } from './gate-checks.ts';
import { gateStatements } from './gate-statements.ts';
import type { Page } from './layout.ts';
import { html, type Markup, type Piece } from './markup.ts';
import { gatePath, runPath, tablePath } from './paths.ts';
import { type Read, section, shown } from './section.ts';
import { timeMark } from './time.ts';
import { verdictMark } from './verdict-mark.ts';

export type GateView = Readonly<{
  evidence: GateEvidence & Readonly<{ sha256: string }>;
  timeZone: string;
  /** Why its tables do not pass, as `explainLines` says it, of the data as they are now; null: nobody asked. */
  why: Read<readonly string[]> | null;
  /** What judges it again; null where no command reaches it. */
  again: string | null;
}>;

/** What a gate kept: its verdict, each check, and the statements that it rests on. */
export function gatePage({ evidence, timeZone, why, again }: GateView): Page {
  const { id, verdict, from, to, trouble, tables, statements } = evidence;
  const body = html`<p class="lead">${verdictMark(verdict)} ${from} to ${to}, policy ${evidence.policy}</p>
${trouble !== null && html`<p class="UNKNOWN"><strong>Nothing could be judged:</strong> ${trouble}</p>`}
${heads(evidence, timeZone, again)}
${tables.length === 0 && html`<p>It holds no table.</p>`}
${tables.map(gateTable)}
${section('Why', cause(evidence, why))}
${section('Statements', gateStatements(statements))}`;
  return { title: `Gate ${id}`, body, isLive: false };
}

/** Evidence that is not as it was written says nothing. */
export function damagedGatePage(id: string, trouble: string): Page {
  const body = html`<p class="lead">${verdictMark('UNKNOWN')} this evidence is damaged, and shows nothing</p>
<p>${trouble}</p>`;
  return { title: `Gate ${id}`, body, isLive: false };
}

function heads(
  { tables: _, ...evidence }: GateView['evidence'],
  timeZone: string,
  again: string | null,
) {
  const { run, gate, phase, table, startedAt, endedAt, requestedBy, codeVersion } = evidence;
  const rows: readonly (readonly [string, Piece])[] = [
    [
      'of',
      run === null
        ? 'no run: asked for by hand, or by a monitor'
        : html`<a href="${runPath(run)}">run ${run}</a>`,
    ],
    ...(gate === null ? [] : [['gate', gate] as const]),
    ...(phase === null ? [] : [['roll call of phase', phase] as const]),
    ...(table === null
      ? []
      : [['table', html`<a href="${tablePath(table)}">${table}</a>`] as const]),
    ['judged', html`${timeMark(startedAt, timeZone)}, ended ${timeMark(endedAt, timeZone)}`],
    ['for', requestedBy || 'nobody named'],
    ['pipeline', html`${evidence.pipeline}, definition <code>${evidence.definition}</code>`],
    ['code version', codeVersion],
    ['seal', html`SHA-256 <code>${evidence.sha256}</code>: the content is what was written`],
    ...(again === null ? [] : [['judge it again', html`<code>${again}</code>`] as const]),
  ];
  return html`<dl>${rows.map(([term, piece]) => html`<dt>${term}</dt><dd>${piece}</dd>`)}</dl>`;
}

function cause({ id, verdict, trouble }: GateEvidence, why: GateView['why']): Markup {
  if (why !== null) {
    return shown(
      why,
      (lines) =>
        html`<p>Of the data as they are now:</p><pre tabindex="0" role="region" aria-label="Why it does not pass">${lines.join('\n').trim()}</pre>`,
    );
  }
  if (trouble !== null)
    return html`<p>Nothing could be judged, so there is no cause to look for.</p>`;
  if (verdict === 'PASS') return html`<p>Every check holds.</p>`;
  return html`<p>${letsPass(verdict) && 'It let its tables pass. '}A gate keeps what it found, not why. <a href="${gatePath(id)}?why=1">Look for the cause now</a>: reads the warehouse, back to the start of the season.</p>`;
}
