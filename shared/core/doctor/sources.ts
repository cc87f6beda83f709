import type { Calendar } from '../calendar.ts';
import {
  countDays,
  type DaySet,
  intersect,
  isEmpty,
  NO_DAYS,
  subtract,
  union,
} from '../day-set.ts';
import { type Due, daysDue, WHEN_OVER } from '../due.ts';
import type { TableName } from '../ids.ts';
import { formatShare } from '../percent.ts';
import { daySpans } from '../view/day-spans.ts';
import { type DoctorLine, fail, pass, warn } from './doctor-line.ts';

/** A source by its days with rows; null: it has no days, and some rows. */
export type FilledSource = Readonly<{
  name: TableName;
  due: Due | null;
  /** How it is filled; null: by nobody that the file names. */
  file: string | null;
  filled: DaySet | null;
}>;

/** Days with rows of the days with games that are due by now, season by season. */
export function sourceLine(
  { name, due, file, filled }: FilledSource,
  calendar: Calendar,
  timeZone: string,
  now: string,
): DoctorLine {
  const check = `source ${name}`;
  if (filled === null) return pass(check, 'has rows, and no days');
  const shares: string[] = [];
  let lacking: DaySet = NO_DAYS;
  for (const { season, days } of calendar.seasons) {
    const wanted = daysDue(due ?? WHEN_OVER, days, timeZone, now);
    lacking = union(lacking, subtract(wanted, filled));
    const there = countDays(intersect(wanted, filled));
    shares.push(`${season} ${formatShare(there, countDays(wanted))}`);
  }
  const found = `days with rows: ${shares.join(', ')}`;
  if (isEmpty(lacking)) return pass(check, found);
  const only = file === null ? '' : ` --only ${file}`;
  const load = `npx phasegate load DIR${only}`;
  const where = `lacks ${daySpans(calendar, lacking)}`;
  return isEmpty(filled)
    ? fail(check, 'has no row at all', load)
    : warn(check, `${found}; ${where}`, load);
}
