import { type DaySet, eachDay, hasDay, normalize } from '../core/day-set.ts';
import { addDays, type Day, dayNumber } from '../core/days.ts';
import type { LaunchId, RunId } from '../core/ids.ts';
import type { Table } from '../core/pipeline.ts';
import type { SelectTable } from '../core/table-job.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { replaceStatement } from '../sql/replace.ts';
import { type HistoryEntry, jobIdOf, recordDays } from './record-days.ts';

export type Job = Readonly<{
  run: RunId;
  launch: LaunchId;
  table: SelectTable;
  days: DaySet;
}>;

/** Claims the job's launch. False when another execution has it. */
export type Fence = () => Promise<boolean>;

/** `fenced`: another execution has the launch, and this one wrote nothing more. */
export type JobEnd = 'ended' | 'fenced';

/** One chunk that was written: its days, and how many rows they hold now. */
export type WrittenChunk = Readonly<{ from: Day; to: Day; rows: number }>;

const UNFENCED: Fence = async () => true;

/**
 * Writes a table's days, one atomic replace for each chunk of consecutive days, and records an
 * outcome for each day. Called again for the same launch it does no chunk twice.
 *
 * @param onChunk told after each chunk
 * @param fence asked before anything is written, again before each chunk, and after a chunk that failed
 * @throws PhasegateError as the warehouse does; the days of the chunk are then recorded as failed where that is
 *   possible, and with them those that the job did not come to, unless another execution has the launch
 */
export async function runJob(
  warehouse: Warehouse,
  job: Job,
  now: () => string,
  onChunk: (chunk: WrittenChunk) => void,
  fence: Fence = UNFENCED,
): Promise<JobEnd> {
  const { launch, table, days } = job;
  const sql = replaceStatement({ ...table, table: table.name, select: table.job.select });
  const record = (entry: HistoryEntry) => recordDays(warehouse, job, now(), entry);
  if (!(await fence())) return 'fenced';
  await record({ status: 'running', days, detail: 'all' });
  const chunks = chunksOf(days, table.job.chunkDays);
  for (const [index, chunk] of chunks.entries()) {
    if (!(await fence())) return 'fenced';
    const { from, to } = chunk;
    const params = {
      from: { type: 'DATE', value: from },
      to: { type: 'DATE', value: to },
    } as const;
    const labels = { table: table.name.replace('.', '-') };
    try {
      const { readAt } = await warehouse.write(
        { sql, params },
        { jobId: jobIdOf(launch, from), labels },
      );
      const rows = await rowsByDay(warehouse, table);
      await record({ status: 'success', days: [chunk], detail: from, readAt, rows });
      const written = [...eachDay([chunk])].reduce((sum, day) => sum + (rows.get(day) ?? 0), 0);
      onChunk({ from, to, rows: written });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = (day: Day) =>
        hasDay([chunk], day) ? reason : `the job ended before it came to this day: ${reason}`;
      const isOurs = await fence().catch(() => false);
      const unwritten = isOurs ? normalize(chunks.slice(index)) : [chunk];
      await record({ status: 'failed', days: unwritten, detail: from, message }).catch(
        () => undefined,
      );
      throw error;
    }
  }
  return 'ended';
}

async function rowsByDay(warehouse: Warehouse, table: Table): Promise<ReadonlyMap<Day, number>> {
  const states = await warehouse.dayStates([table.name]);
  return new Map(states.flatMap(({ day, rows }) => (day === null ? [] : [[day, rows] as const])));
}

/** The days cut into pieces of consecutive days, none longer than `size`. */
export function chunksOf(days: DaySet, size: number): DaySet {
  return normalize(days).flatMap(({ from, to }) => {
    const count = Math.ceil((dayNumber(to) - dayNumber(from) + 1) / size);
    return Array.from({ length: count }, (_, index) => {
      const last = addDays(from, (index + 1) * size - 1);
      return { from: addDays(from, index * size), to: last < to ? last : to };
    });
  });
}
