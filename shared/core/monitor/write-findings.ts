import { type DayHistory, lastEnded } from '../day-history.ts';
import { daySetOf } from '../day-set.ts';
import type { Day } from '../days.ts';
import type { TableName } from '../ids.ts';
import { counted } from '../view/counted.ts';
import type { Finding } from './finding.ts';
import type { AlertSeverity } from './monitor.ts';

/** A day whose last launch told how many rows it left, and what the warehouse says that it has now. */
export type Claimed = Readonly<{
  table: TableName;
  day: Day;
  launch: string;
  told: number;
  now: number;
}>;

const SHOWN = 4;

/** What the last launch of a day told of its rows; null while one may be writing, or where it told nothing. */
export function claimOf({
  launches,
}: DayHistory): Readonly<{ launch: string; rows: number }> | null {
  const last = launches.at(-1);
  if (last === undefined || last !== lastEnded(launches)) return null;
  if (last.status !== 'success' || last.rows === null) return null;
  return { launch: last.launch, rows: last.rows };
}

/** Days that do not hold what our last write left there, one finding a table; its cause is that of bad data of the table. */
export function writeFindings(
  broken: readonly Claimed[],
  severity: AlertSeverity,
): readonly Finding[] {
  return [...Map.groupBy(broken, ({ table }) => table)].map(([table, days]) => {
    const gone = days.filter(({ now }) => now === 0).length;
    const lines = days
      .slice(0, SHOWN)
      .map(({ day, launch, told, now }) => `${day}: ${told} rows by ${launch}, ${now} now`);
    const more = days.length - lines.length;
    const set = daySetOf(days.map(({ day }) => day));
    const [from, to] = [set[0]?.from, set.at(-1)?.to];
    const lost = gone === 0 ? '' : `; ${counted(gone, 'day')} without a row`;
    return {
      cause: `data/${table}`,
      severity,
      title: `${table} does not hold what was written to it${lost}`,
      days: set,
      details: more === 0 ? lines : [...lines, `and ${counted(more, 'more day')}`],
      next: `npx phasegate gate --table ${table} --from ${from} --to ${to}; then npx phasegate start --from ${from} --to ${to}`,
    };
  });
}
