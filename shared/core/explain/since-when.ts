import { type DaySet, eachDay, hasDay, isEmpty } from '../day-set.ts';
import type { Day } from '../days.ts';
import type { Since } from './explanation.ts';

/**
 * Since when something is bad, counted in expected days: days on which nothing was expected break no
 * stretch. Null when no expected day is bad.
 */
export function sinceWhen(expected: DaySet, bad: DaySet): Since | null {
  const stretches: { from: Day; to: Day; days: number }[] = [];
  let open = false;
  let holds = 0;
  if (isEmpty(bad)) return null;
  for (const day of eachDay(expected)) {
    const isBad = hasDay(bad, day);
    const last = stretches.at(-1);
    if (!isBad) holds++;
    else if (open && last !== undefined) {
      last.to = day;
      last.days++;
    } else stretches.push({ from: day, to: day, days: 1 });
    open = isBad;
  }
  const [first, ...others] = stretches;
  const last = stretches.at(-1);
  if (first === undefined || last === undefined) return null;
  if (holds === 0) return { shape: 'everywhere' };
  if (others.length === 0) return { shape: 'unbroken', from: first.from, to: first.to };
  const daysBefore = stretches.slice(0, -1).reduce((sum, { days }) => sum + days, 0);
  return open && last.days > daysBefore
    ? { shape: 'onward', from: last.from, daysBefore }
    : { shape: 'scattered', stretches: stretches.length };
}
