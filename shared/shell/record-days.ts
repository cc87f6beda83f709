import { type DaySet, eachDay } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import type { LaunchId } from '../core/ids.ts';
import { RUN_HISTORY } from '../core/system-tables.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import type { Job } from './run-job.ts';

/** What a launch says of some of its days. */
export type HistoryEntry = Readonly<{
  status: 'running' | 'success' | 'failed';
  days: DaySet;
  /** Tells the entries of one launch and status apart. */
  detail: string;
  /** When the write took its snapshot, with the warehouse's clock. */
  readAt?: string;
  /** Rows each day holds after the write. */
  rows?: ReadonlyMap<Day, number>;
  message?: (day: Day) => string;
}>;

/** Appends one row for each day to run history; the same entry is kept once. */
export async function recordDays(
  warehouse: Warehouse,
  { run, launch, table }: Job,
  recordedAt: string,
  { status, days, detail, readAt, rows, message }: HistoryEntry,
): Promise<void> {
  const history = [...eachDay(days)].map((day) => ({
    run,
    launch,
    table_name: table.name,
    data_date: day,
    status,
    records_processed: rows === undefined ? null : (rows.get(day) ?? 0),
    read_at: readAt ?? null,
    recorded_at: recordedAt,
    message: message?.(day) ?? null,
  }));
  const jobId = jobIdOf(launch, `${detail}-${status}`);
  await warehouse.append(RUN_HISTORY.name, history, { jobId });
}

/** The warehouse's job id for one step of a launch. */
export function jobIdOf(launch: LaunchId, step: string): string {
  return `${launch}-${step}`.replaceAll('.', '-');
}
