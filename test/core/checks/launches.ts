import {
  type DayHistory,
  dayHistoryOf,
  type LaunchWord,
} from '../../../shared/core/day-history.ts';
import type { Day } from '../../../shared/core/days.ts';

/** A launch that read at 10:00 and wrote four rows, unless told otherwise. */
export const word = (launch: string, fields: Partial<LaunchWord> = {}): LaunchWord => ({
  launch,
  status: 'success',
  startedAt: '2022-01-20T09:59:00.000Z',
  saidAt: '2022-01-20T10:01:00.000Z',
  readAt: '2022-01-20T10:00:00.000Z',
  rows: 4,
  message: null,
  ...fields,
});

export const running = (launch: string, startedAt: string): LaunchWord =>
  word(launch, { status: 'running', startedAt, saidAt: startedAt, readAt: null, rows: null });

export const historyOf = (
  ...days: readonly (readonly [Day, ...LaunchWord[]])[]
): ReadonlyMap<Day, DayHistory> =>
  new Map(days.map(([day, ...words]) => [day, dayHistoryOf(words)]));
