import { allDays, type Calendar } from '../../../shared/core/calendar.ts';
import { type DaySet, daySetOf } from '../../../shared/core/day-set.ts';
import { addDays, type Day } from '../../../shared/core/days.ts';
import {
  parseRunId,
  parseTableName,
  type RunId,
  type TableName,
} from '../../../shared/core/ids.ts';
import type { Pipeline } from '../../../shared/core/pipeline.ts';
import type { EventOf } from '../../../shared/core/run-event.ts';
import { day, games, pipelineOf, requestOf, sameDay, table } from '../../core/build.ts';

export const AT = '2026-01-03T04:00:00.000Z';

export type Chain = Readonly<{
  pipeline: Pipeline;
  names: readonly TableName[];
  calendar: Calendar;
}>;

/** Tables of which each reads the games before of the one before it, over two seasons. */
export function chainOf(count: number): Chain {
  const names = namesOf(count);
  const tables = names.map((name, n) => {
    const before = names[n - 1];
    return table(name, [before === undefined ? sameDay('raw.schedule') : games(before, 10)]);
  });
  const seasons = ['2021-10-19', '2022-10-18'].map((first, n) => season(2021 + n, day(first), 174));
  return { names, pipeline: pipelineOf(...tables), calendar: { seasons } };
}

export function namesOf(count: number): TableName[] {
  return Array.from({ length: count }, (_, n) => parseTableName(`a.t${n}`));
}

/** Every 25th day is free. */
export function season(year: number, start: Day, length: number): Calendar['seasons'][number] {
  const days = Array.from({ length }, (_, n) => n).filter((n) => n % 25 !== 24);
  return {
    season: year,
    start,
    days: daySetOf(days.map((n) => addDays(start, n))),
    excluded: [],
  };
}

export function runNumbered(n: number): RunId {
  return parseRunId(`tiny-20211019-20230409-${n.toString(16).padStart(8, '0')}`);
}

export function requested(pipeline: Pipeline, run: RunId): EventOf<'run-requested'> {
  const range = { from: day('1990-01-01'), to: day('2023-12-31') };
  const request = requestOf(pipeline, range);
  return { type: 'run-requested', run, request, definition: 'd1', by: 'ana', reason: '', at: AT };
}

/** @param daysOf the days on which a table never ran; default: all */
export function neverRan(
  names: readonly TableName[],
  calendar: Calendar,
  daysOf: (table: TableName) => DaySet = () => allDays(calendar),
): EventOf<'outcomes-read'> {
  const outcomes = Object.fromEntries(names.map((name) => [name, { NEVER_RAN: daysOf(name) }]));
  return { type: 'outcomes-read', round: 1, calendar, outcomes, at: AT };
}

export function succeeded(name: TableName): EventOf<'job-succeeded'> {
  return { type: 'job-succeeded', table: name, attempt: 1, at: AT };
}

export function judged(name: TableName): EventOf<'gate-judged'> {
  return {
    type: 'gate-judged',
    table: name,
    round: 1,
    attempt: 1,
    look: 0,
    at: AT,
    verdict: 'PASS',
    badDays: [],
    message: '',
    evidence: `gate-1-${name}-20260103040000000`,
    token: '0a1b2c3d4e5f6071',
    bytes: 1_048_576,
  };
}
