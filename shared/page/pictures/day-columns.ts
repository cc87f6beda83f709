import type { DaySpan } from '../../core/day-set.ts';
import { type Day, dayNumber } from '../../core/days.ts';
import { lengthOf } from './days-in-range.ts';

/** More columns than this no screen shows beside each other. */
const MOST_COLUMNS = 600;

/** `at` days after the first of the range, `days` wide. */
export type DayColumn<Point> = Readonly<{ at: number; days: number; point: Point }>;

/** How many days share one column of a picture of this range. */
export function daysPerColumn(range: DaySpan): number {
  return Math.ceil(lengthOf(range) / MOST_COLUMNS);
}

/**
 * Points as columns of the range, in order. Where days share a column it stands for the worst of them, so that no bad day
 * is hidden by a good one.
 *
 * @param badness of a point; the greater, the worse
 */
export function columnsOf<Point extends Readonly<{ day: Day }>>(
  points: readonly Point[],
  range: DaySpan,
  badness: (point: Point) => number,
): readonly DayColumn<Point>[] {
  const days = daysPerColumn(range);
  const first = dayNumber(range.from);
  const worst = new Map<number, Point>();
  for (const point of points) {
    if (point.day < range.from || point.day > range.to) continue;
    const column = Math.floor((dayNumber(point.day) - first) / days);
    const known = worst.get(column);
    if (known === undefined || badness(point) > badness(known)) worst.set(column, point);
  }
  return [...worst]
    .sort(([a], [b]) => a - b)
    .map(([column, point]) => ({ at: column * days, days, point }));
}
