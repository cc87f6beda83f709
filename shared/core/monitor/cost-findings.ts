import type { Day } from '../days.ts';
import type { Finding } from './finding.ts';
import type { AlertSeverity } from './monitor.ts';

/** What may be used on one day (UTC). Above 80 percent of it people are warned. */
export type DailyBudget = Readonly<{
  /** Billed for gates and monitors. */
  bytes: number;
  /** Into one table of ours; BigQuery refuses more than 1,500. */
  loadJobs: number;
  /** Null: as many as they take. */
  jobMinutes: number | null;
}>;

/** What one table of ours tells of one day. */
export type Spent = Readonly<{
  table: string;
  day: Day;
  loads: number;
  bytes: number;
  minutes: number;
}>;

const WARN_FROM = 0.8;
const GIB = 2 ** 30;
const ONLY_OURS =
  'counted is what Phasegate did itself and kept; what else the project is billed for stands in INFORMATION_SCHEMA.JOBS';

export const gib = (bytes: number) => `${(bytes / GIB).toFixed(1)} GiB`;

export const sumOf = (spent: readonly Spent[], of: 'bytes' | 'minutes' | 'loads') =>
  spent.reduce((sum, each) => sum + each[of], 0);

/**
 * What is used up or nearly, one finding each: bytes, minutes of jobs, load jobs into a table.
 *
 * @param spent of more days; the findings are of `days`, the others stand beside them
 */
export function costFindings(
  budget: DailyBudget,
  spent: readonly Spent[],
  days: readonly Day[],
  severity: AlertSeverity,
): readonly Finding[] {
  const tables = [...new Set(spent.map(({ table }) => table))].sort();
  const minutes = budget.jobMinutes;
  return [
    over('bytes', 'what gates and monitors read', 'bytes', budget.bytes, gib, spent),
    ...(minutes === null
      ? []
      : [over('job-minutes', 'jobs', 'minutes', minutes, inMinutes, spent)]),
    ...tables.map((table) => {
      const own = spent.filter((each) => each.table === table);
      return over(`load-jobs/${table}`, `writing ${table}`, 'loads', budget.loadJobs, inLoads, own);
    }),
  ].flatMap((find) => find(days, severity) ?? []);
}

const inMinutes = (minutes: number) => `${Math.round(minutes)} minutes`;
const inLoads = (loads: number) => `${loads} load jobs`;

function over(
  name: string,
  who: string,
  of: 'bytes' | 'minutes' | 'loads',
  limit: number,
  say: (amount: number) => string,
  spent: readonly Spent[],
) {
  return (days: readonly Day[], severity: AlertSeverity): Finding | null => {
    const used = days.map((day) => {
      const own = spent.filter((each) => each.day === day);
      return { day, amount: sumOf(own, of) };
    });
    const high = used.filter(({ amount }) => amount >= WARN_FROM * limit);
    if (high.length === 0) return null;
    const isOver = high.some(({ amount }) => amount > limit);
    return {
      cause: `cost/${name}`,
      severity: isOver || severity === 'info' ? severity : 'warning',
      title: isOver ? `${who} took more than a day may` : `${who} took nearly what a day may`,
      days: [],
      details: [
        ...high.map(({ day, amount }) => `${day}: ${say(amount)}; accepted: ${say(limit)}`),
        `${say(sumOf(spent, of))} in 7 days`,
        ONLY_OURS,
      ],
      next: `look at the costliest of that day in phasegate.${of === 'minutes' ? 'run_history' : 'validation_runs'}; if it must be so, raise the budget of this monitor`,
    };
  };
}
