import { bridgeForPeople } from '../core/calendar.ts';
import type { DaySet } from '../core/day-set.ts';
import { countDays } from '../core/day-set.ts';
import type { TableEvidence } from '../core/evidence.ts';
import type { CheckJudgement } from '../core/judge/facts.ts';
import { formatShare } from '../core/percent.ts';
import { weigh } from '../core/verdict.ts';
import { counted } from '../core/view/counted.ts';
import { spanTexts } from '../core/view/day-spans.ts';
import { html, type Markup } from './markup.ts';
import { tablePath } from './paths.ts';
import { scrollTable } from './scroll-table.ts';
import { verdictMark } from './verdict-mark.ts';

const SAMPLES = 10;

/** One table of a gate: what does not hold first, what holds folded. */
export function gateTable({ judgement, facts }: TableEvidence): Markup {
  const { table, verdict, checks, coveredDays, expectedDays } = judgement;
  const failing = checks.filter((check) => check.verdict !== 'PASS');
  const holding = checks.filter((check) => check.verdict === 'PASS');
  const spans = (days: DaySet) => spanTexts(bridgeForPeople(facts.schedule.calendar, days));
  return html`<section>
<h2>${verdictMark(verdict)} <a href="${tablePath(table)}">${table}</a></h2>
<p>${formatShare(coveredDays, expectedDays)} expected days have rows; ${holding.length} of ${counted(checks.length, 'check')} hold${checks.length === 0 && ': nothing was promised, so nothing is shown'}.</p>
${failing.map((check) => failingCheck(check, spans))}
${holding.length > 0 && html`<details><summary>${counted(holding.length, 'check holds', 'checks hold')}</summary>${holdingChecks(holding, spans)}</details>`}
</section>
`;
}

type Spans = (days: DaySet) => readonly string[];

function failingCheck(check: CheckJudgement, spans: Spans): Markup {
  const { id, kind, verdict, severity, observed, expected, days, message, samples = [] } = check;
  const left = samples.length - SAMPLES;
  return html`<h3>${verdictMark(weigh(verdict, severity))} ${id}</h3>
<p>${message}</p>
<dl>
<dt>kind</dt><dd>${kind}</dd>
<dt>severity</dt><dd>${severity === 'block' ? 'block: it holds its gate back' : 'warn: it never holds a gate back'}</dd>
<dt>observed</dt><dd>${observed || 'nothing'}</dd>
<dt>expected</dt><dd>${expected || 'not said'}</dd>
<dt>days</dt><dd>${days.length === 0 ? 'none named' : html`${spans(days).join(', ')} (${counted(countDays(days), 'day')})`}</dd>
${waivedDays(check, spans)}${
  samples.length > 0 &&
  html`<dt>for example</dt><dd>${samples.slice(0, SAMPLES).join(', ')}${left > 0 && ` and ${left} more`}</dd>`
}
</dl>
`;
}

function waivedDays({ waived }: CheckJudgement, spans: Spans): Markup | null {
  if (waived === undefined || waived.length === 0) return null;
  return html`<dt>waived</dt><dd>${spans(waived).join(', ')}</dd>`;
}

function holdingChecks(checks: readonly CheckJudgement[], spans: Spans): Markup {
  return scrollTable(
    'Checks that hold',
    ['Check', 'Kind', 'Severity', 'Verdict', 'Observed', 'Expected', 'Waived'],
    checks.map(
      ({ id, kind, severity, verdict, observed, expected, waived = [] }) => html`<tr>
<th scope="row">${id}</th><td>${kind}</td><td>${severity}</td><td>${verdictMark(verdict)}</td><td>${observed}</td><td>${expected}</td><td>${waived.length === 0 ? 'no day' : spans(waived).join(', ')}</td>
</tr>
`,
    ),
  );
}
