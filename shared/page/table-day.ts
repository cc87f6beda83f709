import { hasDay } from '../core/day-set.ts';
import { addDays, type Day } from '../core/days.ts';
import { attemptOf, parseLaunchId, runOf, type TableName } from '../core/ids.ts';
import { OUTCOMES } from '../core/outcome.ts';
import { formatShare } from '../core/percent.ts';
import { weigh } from '../core/verdict.ts';
import type { GridTable } from '../core/view/season-grid.ts';
import { html, type Markup, type Piece } from './markup.ts';
import { outcomeMark } from './outcome-mark.ts';
import { runPath, tablePath } from './paths.ts';
import { scrollTable } from './scroll-table.ts';
import { timeMark } from './time.ts';
import { verdictMark } from './verdict-mark.ts';

export const dayPath = (table: TableName, day: Day) => `${tablePath(table)}?day=${day}`;

/** One day of a table: what became of it, what it holds, and who wrote it. */
export function tableDay(table: GridTable, day: Day, timeZone: string): Markup {
  const { row, rows, coverage, checks } = table;
  const known = rows.find((each) => each.day === day);
  const filled = coverage.map(({ name, days }) => ({
    name,
    point: days.find((each) => each.day === day),
  }));
  const against = checks.filter((check) => check.verdict !== 'PASS' && hasDay(check.days, day));
  return html`<p>${standing(table, day)}</p>
<p><a href="${dayPath(row.table, addDays(day, -1))}">the day before</a> · <a href="${dayPath(row.table, addDays(day, 1))}">the day after</a> · <a href="${tablePath(row.table)}">all days</a></p>
<dl><dt>rows</dt><dd>${known === undefined ? 'not known' : known.rows}</dd>
<dt>expected</dt><dd>${known?.expected ?? 'nobody knows'}</dd></dl>
${
  filled.length > 0 &&
  html`<h3>Columns</h3>${scrollTable(
    'Columns of the day',
    ['Column', 'Filled'],
    filled.map(
      ({ name, point }) =>
        html`<tr><th scope="row">${name}</th><td>${point === undefined ? 'not known' : formatShare(point.part, point.whole)}</td></tr>`,
    ),
  )}`
}
<h3>Checks that name the day</h3>
${against.length === 0 ? html`<p>None.</p>` : html`<ul>${against.map(({ id, verdict, severity, message }) => html`<li>${verdictMark(weigh(verdict, severity))} ${id}: ${message}</li>`)}</ul>`}
<h3>Who wrote it</h3>
${launches(table, day, timeZone)}`;
}

function standing({ row }: GridTable, day: Day): Piece {
  const outcome = OUTCOMES.find((each) => hasDay(row.outcomes[each] ?? [], day));
  if (hasDay(row.excluded, day)) return 'Excluded: the pipeline says why nothing is expected.';
  if (hasDay(row.notDue, day)) return 'Not due yet: nobody misses its rows.';
  if (outcome === undefined) return 'Nothing is expected on this day.';
  return html`${outcomeMark(outcome)}${hasDay(row.waived, day) && ', and waived: somebody signed for it'}`;
}

function launches({ history }: GridTable, day: Day, timeZone: string): Markup {
  const words = history.get(day)?.launches ?? [];
  if (words.length === 0) return html`<p>No job of ours says that it wrote this day.</p>`;
  return scrollTable(
    'Launches that wrote the day',
    ['Run', 'Attempt', 'Status', 'Rows', 'Started', 'Message'],
    words.toReversed().map(({ launch, status, rows, startedAt, message }) => {
      const id = parseLaunchId(launch);
      const run = runOf(id);
      return html`<tr><th scope="row"><a href="${runPath(run)}">${run}</a></th><td class="number">${attemptOf(id).attempt}</td><td>${status}</td><td class="number">${rows ?? 'not told'}</td><td>${timeMark(startedAt, timeZone)}</td><td>${message ?? ''}</td></tr>
`;
    }),
  );
}
