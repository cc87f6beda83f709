import type { DaySpan } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import type { TableName } from '../core/ids.ts';
import { type Pipeline, sourceNamed, tableNamed } from '../core/pipeline.ts';
import { counted } from '../core/view/counted.ts';
import { type GridTable, refusedAsWhole, type SeasonGrid } from '../core/view/season-grid.ts';
import { badRanges, type JudgedIn, rangesTable } from './bad-ranges.ts';
import type { Page } from './layout.ts';
import { html, type Markup } from './markup.ts';
import type { OpenTrouble } from './open-troubles.ts';
import { coverageChart } from './pictures/coverage-chart.ts';
import { countsOf, shareText } from './pictures/day-counts.ts';
import { rowChart } from './pictures/row-chart.ts';
import { seasonCalendar } from './pictures/season-calendar.ts';
import { drawn, drawnRange, nothingExpected, type SeasonLook, tableIn } from './season-look.ts';
import { notRead, type Read, section, shown } from './section.ts';
import { dayPath, tableDay } from './table-day.ts';
import { neighbours, promises, waiversOf } from './table-promises.ts';
import { troublesTable } from './troubles-table.ts';
import { verdictMark } from './verdict-mark.ts';

/** One table or source in all seasons, newest first; `day` is the one that is asked for. */
export type TableView = Readonly<{
  name: TableName;
  pipeline: Pipeline;
  today: Day;
  day: Day | null;
  seasons: readonly SeasonLook[];
  judged: Read<readonly JudgedIn[]>;
  /** What is open of this table, and on the day where one is asked for. */
  troubles: Read<readonly OpenTrouble[]>;
  world: string;
}>;

type Known = Readonly<{ grid: SeasonGrid; table: GridTable }>;

export function tablePage(view: TableView): Page {
  const { name, pipeline, today, day, seasons, troubles, world } = view;
  const checks = (tableNamed(pipeline, name) ?? sourceNamed(pipeline, name))?.checks ?? [];
  const known = seasons.flatMap((look): Known[] => {
    const table = tableIn(look, name);
    return 'value' in look.read && table !== undefined ? [{ grid: look.read.value, table }] : [];
  });
  const body = html`${lead(view, known)}
${day !== null && section(day, dayOf(view, known, day))}
${section('Days that are not good', notGood(view, known))}
${section('Seasons', calendars(view))}
${known.length > 0 && section('Over time', charts(known))}
${section('What it reads, and who reads it', neighbours(pipeline, name))}
${section('Promises', promises(checks, judgedLast(known)))}
${section('Waivers', waiversOf(pipeline, name, today))}
${section(
  'Open findings',
  shown(troubles, (all) =>
    all.length === 0
      ? html`<p>No monitor has one that names it${day !== null && ' on this day'}.</p>`
      : troublesTable(all, pipeline.timeZone, world),
  ),
)}`;
  return { title: name, body, isLive: false };
}

/** The newest season of which anything was expected. */
function judgedLast(known: readonly Known[]): Known | undefined {
  return known.find(({ table }) => countsOf(table.row).due > 0) ?? known[0];
}

function lead({ name, pipeline, seasons }: TableView, known: readonly Known[]): Markup {
  const phase = tableNamed(pipeline, name)?.phase;
  const what = phase === undefined ? 'A source' : `A table of phase ${phase}`;
  const counts = known.map(({ table }) => countsOf(table.row));
  const verified = counts.reduce((sum, each) => sum + each.verified, 0);
  const seasonsDue = counts.filter((each) => each.due > 0).length;
  const due = counts.reduce((sum, each) => sum + each.due, 0);
  const unread = seasons.filter(({ read }) => 'trouble' in read).length;
  return html`<p class="lead">${what}. ${known.length === 0 ? html`<span class="UNKNOWN">What became of its days is not known.</span>` : due === 0 ? 'No day of it is due.' : `In ${counted(seasonsDue, 'season')} ${shareText({ verified, due })} of the days that are due are VERIFIED.`}${unread > 0 && html` <span class="UNKNOWN">${counted(unread, 'season')} could not be read.</span>`}</p>`;
}

function dayOf({ pipeline, seasons }: TableView, known: readonly Known[], day: Day): Markup {
  const isOf = ({ from, to }: DaySpan) => from <= day && day <= to;
  const season = seasons.find(({ range }) => isOf(range));
  const table = known.find(({ grid }) => isOf(grid.range))?.table;
  if (season === undefined)
    return html`<p>It lies in no season that has begun, or is not over yet.</p>`;
  if ('trouble' in season.read) return notRead(season.read.trouble);
  if (table === undefined) return html`<p class="UNKNOWN">Nobody judges this table.</p>`;
  return tableDay(table, day, pipeline.timeZone);
}

function notGood({ name, judged, seasons }: TableView, known: readonly Known[]): Markup {
  const ranges = known.flatMap(({ grid, table }) => badRanges(grid, table));
  const gates = 'value' in judged ? judged.value : [];
  const dayLink = (day: Day) => dayPath(name, day);
  return html`${'trouble' in judged && notRead(judged.trouble)}
${known.length === 0 ? html`<p class="UNKNOWN">Not known.</p>` : rangesTable(ranges, gates, dayLink)}
${known.flatMap(({ grid, table }) =>
  refusedAsWhole(table).map(
    ({ id, message }) =>
      html`<p>${verdictMark('FAIL')} season ${grid.range.season} as a whole: <strong>${id}</strong>: ${message}</p>`,
  ),
)}
${known.length < seasons.length && known.length > 0 && html`<p class="UNKNOWN">Only of ${counted(known.length, 'season')}: the others could not be read.</p>`}`;
}

function calendars({ name, seasons }: TableView): Markup {
  if (seasons.length === 0) return html`<p>No declared season has begun.</p>`;
  return html`${seasons.map((look) => {
    const title = `Season ${look.range.season}`;
    if ('trouble' in look.read) return html`<h3>${title}</h3>${notRead(look.read.trouble)}`;
    const table = tableIn(look, name);
    if (table === undefined) return html`<h3>${title}</h3><p class="UNKNOWN">Nobody judges it.</p>`;
    const span = drawnRange(look.range, [table.row]);
    return span === null
      ? html`<h3>${title}</h3>${nothingExpected(look.range)}`
      : seasonCalendar(drawn(table.row), span, title);
  })}`;
}

function charts(known: readonly Known[]): Markup {
  const spans = known.flatMap(({ grid, table }) => drawnRange(grid.range, [table.row]) ?? []);
  const [newest, oldest] = [spans[0], spans.at(-1)];
  if (newest === undefined || oldest === undefined) return html`<p>No day was expected.</p>`;
  const span = { from: oldest.from, to: newest.to };
  const oldestFirst = known.toReversed().map(({ table }) => table);
  const names = [
    ...new Set(oldestFirst.flatMap(({ coverage }) => coverage.map(({ name }) => name))),
  ];
  const series = names.map((name) => ({
    name,
    days: oldestFirst.flatMap(
      ({ coverage }) => coverage.find((each) => each.name === name)?.days ?? [],
    ),
  }));
  return html`${coverageChart(series, span, 'On how many rows a column is filled')}
${rowChart(
  oldestFirst.flatMap(({ rows }) => rows),
  span,
  'Rows a day',
)}`;
}
