import { bridgeForPeople } from '../core/calendar.ts';
import { type DaySpan, intersect, isEmpty, NO_DAYS, subtract } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import type { RunId, TableName } from '../core/ids.ts';
import type { CheckJudgement } from '../core/judge/facts.ts';
import { OUTCOMES, type Outcome } from '../core/outcome.ts';
import type { GridTable, SeasonGrid } from '../core/view/season-grid.ts';
import { html, type Markup } from './markup.ts';
import { outcomeMark } from './outcome-mark.ts';
import { gatePath, runPath } from './paths.ts';
import { scrollTable } from './scroll-table.ts';

/** A gate of a run that judged a table over a range. */
export type JudgedIn = Readonly<{ run: RunId; evidence: string; range: DaySpan }>;

/** Days that follow each other in the schedule, and of which the same became. */
export type BadRange = Readonly<{
  days: DaySpan;
  outcome: Outcome;
  checks: readonly CheckJudgement[];
}>;

const SHOWN = 100;

/** What is not good of a season's days, and the checks that say so, newest first. What somebody signed for is left out. */
export function badRanges(
  { calendar }: SeasonGrid,
  { row, checks }: GridTable,
): readonly BadRange[] {
  const open = checks.filter(({ verdict }) => verdict !== 'PASS');
  return OUTCOMES.filter((outcome) => outcome !== 'VERIFIED' && outcome !== 'EMPTY_OK')
    .flatMap((outcome) => {
      const days = subtract(row.outcomes[outcome] ?? NO_DAYS, row.waived);
      return bridgeForPeople(calendar, days).map((span) => ({
        days: span,
        outcome,
        checks: open.filter((check) => !isEmpty(intersect(check.days, [span]))),
      }));
    })
    .sort((a, b) => (a.days.from > b.days.from ? -1 : 1));
}

/** @param judged the gates of the newest runs, newest first */
export function rangesTable(
  ranges: readonly BadRange[],
  judged: readonly JudgedIn[],
  dayLink: (day: Day) => string,
): Markup {
  if (ranges.length === 0)
    return html`<p>None of the days that are due, but for those that somebody signed for.</p>`;
  const left = ranges.length - SHOWN;
  return html`${scrollTable(
    'Days that are not good',
    ['Days', 'What became of them', 'What shows it', 'Gate'],
    ranges.slice(0, SHOWN).map(
      ({ days, outcome, checks }) => html`<tr>
<th scope="row"><a href="${dayLink(days.from)}">${days.from}</a>${days.to !== days.from && html` to <a href="${dayLink(days.to)}">${days.to}</a>`}</th>
<td>${outcomeMark(outcome)}</td>
<td>${checks.length === 0 ? 'no rows, or no check that names these days' : html`<ul>${checks.map(({ id, message }) => html`<li><strong>${id}</strong>: ${message}</li>`)}</ul>`}</td>
<td>${gateOf(days, judged)}</td>
</tr>
`,
    ),
  )}${left > 0 && html`<p class="quiet">and ${left} older ranges</p>`}`;
}

function gateOf({ from, to }: DaySpan, judged: readonly JudgedIn[]): Markup {
  const last = judged.find(({ range }) => range.from <= from && to <= range.to);
  if (last === undefined) return html`none of the newest runs`;
  return html`<a href="${gatePath(last.evidence)}">evidence</a> of <a href="${runPath(last.run)}">${last.run}</a>`;
}

/** The gates that the states of these runs name for a table, in the order of the runs. */
export function gatesOf(
  runs: readonly Readonly<{
    run: RunId;
    request: DaySpan;
    tables: Readonly<Record<TableName, Readonly<{ tag: string; evidence?: string }>>>;
  }>[],
  table: TableName,
): readonly JudgedIn[] {
  return runs.flatMap(({ run, request, tables }) => {
    const evidence = tables[table]?.evidence ?? '';
    return evidence === '' ? [] : [{ run, evidence, range: request }];
  });
}
