import { intersect, isEmpty, subtract, union } from '../core/day-set.ts';
import type { OutcomeDays } from '../core/outcome.ts';
import type { DayState } from '../ports/warehouse.ts';
import { daysFilled } from './day-changes.ts';

/**
 * The rows of a day are read before its history, so a job that wrote it in between said success of a day that
 * looked empty. Rows that are there afterwards tell such a day: it was running when it was read.
 *
 * @param afterwards the table's days, asked for after the outcomes were read
 */
export function runningWhenRead(
  outcomes: OutcomeDays,
  afterwards: readonly DayState[],
): OutcomeDays {
  const { EMPTY_SUSPECT: empty, RUNNING: running, ...others } = outcomes;
  const written = intersect(empty ?? [], daysFilled(afterwards));
  if (isEmpty(written)) return outcomes;
  const left = subtract(empty ?? [], written);
  return {
    ...others,
    RUNNING: union(running ?? [], written),
    ...(isEmpty(left) ? {} : { EMPTY_SUSPECT: left }),
  };
}
