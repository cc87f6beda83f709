import { countDays } from '../day-set.ts';
import type { TableName } from '../ids.ts';
import { hasPassed, isBusy, type TableState } from '../table-state.ts';
import { counted } from './counted.ts';
import { bySeason, goneMs, type TableProgress, tableProgress, type Watched } from './progress.ts';
import { paceOf, rateOf, timeLeft } from './progress-pace.ts';
import { TABLE_SYMBOL } from './run-lines.ts';
import { pausedLine } from './signed-lines.ts';
import { timeSpan } from './time-span.ts';

/** Columns and rows of a terminal. */
export type Size = Readonly<{ columns: number; rows: number }>;

const BAR = { least: 8, most: 40 };
/** Behind the bar the days, what is left and the pace find room. */
const WORDS = 42;
/** Behind the bar the days and what is left find room. */
const FEW_WORDS = 24;

/**
 * A run as a block that is drawn again and again: a line each phase, beneath it a line each table with its days, and
 * of a table that runs its pace and what is left. Never wider than the terminal, nor higher: what does not fit is
 * left out, seasons first, then tables of phases that are not open.
 */
export function progressBlock(watched: Watched, { columns, rows }: Size): readonly string[] {
  const width = columns - 1;
  const within = (lines: readonly string[]) => lines.map((line) => cut(line, width));
  const all = within(blockLines(watched, width, { seasons: true, closed: true }));
  if (all.length < rows) return all;
  const short = within(blockLines(watched, width, { seasons: false, closed: true }));
  if (short.length < rows) return short;
  const open = within(blockLines(watched, width, { seasons: false, closed: false }));
  if (open.length < rows) return open;
  const kept = Math.max(1, rows - 2);
  return [...open.slice(0, kept), cut(`… and ${open.length - kept} more lines`, width)];
}

type Shown = Readonly<{ seasons: boolean; closed: boolean }>;

function blockLines(watched: Watched, width: number, shown: Shown): string[] {
  const { state, phases, now } = watched;
  const { run, status, paused, tables } = state;
  const names = Object.keys(tables);
  const shortened = shortNames(names, width);
  const nameWidth = Math.max(0, ...[...shortened.values()].map((name) => name.length));
  const passed = Object.values(tables).filter(hasPassed).length;
  const head = `${run}: ${status}, ${passed} of ${counted(names.length, 'table')} passed, ${timeSpan(goneMs(state, now))}`;
  const lineOf = (table: TableName) => {
    const named = (shortened.get(table) ?? table).padEnd(nameWidth);
    return tableLines(watched, table, named, width, shown);
  };
  return [
    head,
    ...(paused === null ? [] : [pausedLine(paused)]),
    ...(phases.length === 0
      ? names.flatMap((name) => lineOf(name as TableName))
      : phases.flatMap(({ phase, tables: own }) => {
          const stands = state.phases[phase] ?? 'waiting';
          const isOpen = stands === 'open' || stands === 'calling-roll';
          const good = own.filter((name) => hasPassed(tables[name])).length;
          return [
            `${phase}: ${stands === 'calling-roll' ? 'calling the roll' : stands}, ${good} of ${own.length} passed`,
            ...(isOpen || shown.closed ? own.flatMap(lineOf) : []),
          ];
        })),
  ];
}

/** Tables by what they are called here: without their dataset where the terminal is narrow, and that names each of them. */
function shortNames(names: readonly string[], width: number): ReadonlyMap<string, string> {
  const longest = Math.max(0, ...names.map((name) => name.length));
  const short = names.map((name) => name.slice(name.indexOf('.') + 1));
  const isNarrow = longest + 5 + BAR.least + FEW_WORDS > width;
  const isClear = new Set(short).size === names.length;
  return new Map(names.map((name, at) => [name, isNarrow && isClear ? (short[at] ?? name) : name]));
}

function tableLines(
  watched: Watched,
  table: TableName,
  named: string,
  width: number,
  shown: Shown,
): string[] {
  const progress = tableProgress(watched, table);
  if (progress === null) return [];
  const { state } = progress;
  const room = width - named.length - 5;
  const words = wordsOf(watched, progress);
  const bar = barOf(progress, Math.min(BAR.most, Math.max(BAR.least, room - WORDS)));
  const start = `  ${TABLE_SYMBOL[state.tag]} ${named} ${bar}`;
  const line = words.reduce(
    (text, word) => (text.length + 1 + word.length > width ? text : `${text} ${word}`),
    start,
  );
  const seasons = bySeason(watched.state, progress);
  if (!shown.seasons || !isBusy(state) || seasons.length < 2) return [line];
  return [
    line,
    `      ${seasons.map(({ season, done, of }) => `season ${season}: ${done}/${of}`).join('  ')}`,
  ];
}

const WORD: Readonly<Partial<Record<TableState['tag'], string>>> = {
  'passed-with-warnings': 'passed, warns',
};

/** What is said behind the bar, the most important first. */
function wordsOf({ told, past, now }: Watched, progress: TableProgress): readonly string[] {
  const { table, state, work, done, failed } = progress;
  const of = countDays(work);
  const count = of === 0 ? [] : [`${countDays(done)}/${of}`];
  const bad = countDays(failed);
  if (!isBusy(state)) {
    const wrong = bad === 0 ? [] : [`${bad} bad`];
    return [...count, WORD[state.tag] ?? state.tag, ...(state.tag === 'blocked' ? wrong : [])];
  }
  if (state.tag !== 'running') return [...count, state.tag];
  const words = told.get(table);
  const own = words?.attempt === state.attempt ? words : undefined;
  const ownPace = own === undefined ? null : paceOf(own.began, own.strides);
  const pace = ownPace ?? past.get(table) ?? null;
  const left = of - countDays(done) - bad;
  const lastAt = own?.strides.at(-1)?.at ?? own?.began ?? state.since;
  const gone = Math.max(0, Date.parse(now) - Date.parse(lastAt));
  return [
    ...count,
    ...(bad === 0 ? [] : [`${bad} failed`]),
    ...(pace === null || left <= 0 ? [] : [timeLeft(pace, left, gone)]),
    ...(ownPace === null ? [] : [rateOf(ownPace)]),
    ...(ownPace === null && pace !== null ? ['by earlier launches'] : []),
    ...(own === undefined ? ['running'] : []),
  ];
}

/** Written █, failed ✗, running ▒ and what is left ░; each that has days has a cell, and the largest takes what is over. */
function barOf({ state, work, done, failed, running }: TableProgress, width: number): string {
  const of = countDays(work);
  if (of === 0) return (hasPassed(state) ? '█' : '░').repeat(width);
  const good = countDays(done);
  const bad = countDays(failed);
  const now = countDays(running);
  const parts = [
    { sign: '█', days: good },
    { sign: '✗', days: bad },
    { sign: '▒', days: now },
    { sign: '░', days: of - good - bad - now },
  ];
  const cells = parts.map(({ days }) =>
    days <= 0 ? 0 : Math.max(1, Math.floor((days * width) / of)),
  );
  const most = parts.reduce(
    (at, { days }, index) => (days > (parts[at]?.days ?? 0) ? index : at),
    0,
  );
  const over = width - cells.reduce((sum, each) => sum + each, 0);
  return parts
    .map(({ sign }, at) => sign.repeat((cells[at] ?? 0) + (at === most ? over : 0)))
    .join('');
}

function cut(line: string, width: number): string {
  return line.length > width ? `${line.slice(0, Math.max(0, width - 1))}…` : line;
}
