import type { Check } from '../core/check.ts';
import type { Day } from '../core/days.ts';
import type { TableName } from '../core/ids.ts';
import { type Pipeline, tableNamed, tablesOf, type Window } from '../core/pipeline.ts';
import { weigh } from '../core/verdict.ts';
import { counted } from '../core/view/counted.ts';
import { spanTexts } from '../core/view/day-spans.ts';
import type { GridTable, SeasonGrid } from '../core/view/season-grid.ts';
import { html, type Markup } from './markup.ts';
import { tablePath } from './paths.ts';
import { scrollTable } from './scroll-table.ts';
import { verdictMark } from './verdict-mark.ts';

/** What a table reads, and who reads it. */
export function neighbours(pipeline: Pipeline, name: TableName): Markup {
  const needs = tableNamed(pipeline, name)?.needs ?? [];
  const readers = tablesOf(pipeline).flatMap((table) =>
    table.needs.filter(({ of }) => of === name).map(({ window }) => ({ of: table.name, window })),
  );
  return html`<dl><dt>reads</dt><dd>${links(needs, 'nothing')}</dd><dt>is read by</dt><dd>${links(readers, 'no table')}</dd></dl>`;
}

function links(of: readonly Readonly<{ of: TableName; window: Window }>[], none: string): Markup {
  if (of.length === 0) return html`${none}`;
  return html`${of.map(
    ({ of: name, window }, index) =>
      html`${index > 0 && ', '}<a href="${tablePath(name)}">${name}</a> (${windowText(window)})`,
  )}`;
}

function windowText(window: Window): string {
  switch (window.kind) {
    case 'same-day':
      return 'same day';
    case 'games':
      return `the ${counted(window.games, 'game')} before`;
    case 'days':
      return `the ${counted(window.days, 'day')} before`;
  }
}

/** What is promised of it, and how each promise stands in a season. */
export function promises(
  checks: readonly Check[],
  judged: Readonly<{ grid: SeasonGrid; table: GridTable }> | undefined,
): Markup {
  if (checks.length === 0)
    return html`<p class="UNKNOWN">Nothing, so nothing can be shown of it.</p>`;
  const found = new Map(judged?.table.checks.map((check) => [check.id, check]));
  return scrollTable(
    'Checks',
    [
      'Check',
      'Kind',
      'If it fails',
      judged === undefined ? 'Verdict' : `In season ${judged.grid.range.season}`,
      'Observed',
      'Expected',
    ],
    checks.map(({ id, kind, severity }) => {
      const own = found.get(id);
      const [observed, expected] = [own?.observed ?? '', own?.expected ?? ''];
      return html`<tr><th scope="row">${id}</th><td>${kind}</td><td>${severity === 'block' ? 'blocks' : 'warns'}</td><td>${own === undefined ? 'not judged' : verdictMark(weigh(own.verdict, severity))}</td><td>${observed === '' ? (own?.message ?? '') : observed}</td><td>${expected}</td></tr>
`;
    }),
  );
}

/** Who signed for which days of it, and whether that still counts. */
export function waiversOf({ waivers }: Pipeline, name: TableName, today: Day): Markup {
  const own = waivers.filter(({ table }) => table === name);
  if (own.length === 0) return html`<p>None.</p>`;
  return scrollTable(
    'Waivers',
    ['Check', 'Days', 'Until', 'Who', 'Why'],
    own.map(
      ({
        check,
        days,
        until,
        who,
        reason,
      }) => html`<tr><th scope="row">${check}</th><td>${spanTexts(days).join(', ')}</td><td>${until}${until < today && html` <strong class="warn">ran out: it counts as absent</strong>`}</td><td>${who}</td><td>${reason}</td></tr>
`,
    ),
  );
}
