import { type DaySet, eachDay, normalize } from '../core/day-set.ts';
import { addDays, type Day, dayNumber } from '../core/days.ts';
import type { LaunchId, RunId } from '../core/ids.ts';
import type { Table } from '../core/pipeline.ts';
import { RUN_HISTORY } from '../core/system-tables.ts';
import type { Row, Warehouse } from '../ports/warehouse.ts';
import { replaceStatement } from '../sql/replace.ts';

export type Job = Readonly<{
  run: RunId;
  launch: LaunchId;
  table: Table;
  days: DaySet;
}>;

/** One chunk that was written: its days, and how many rows they hold now. */
export type WrittenChunk = Readonly<{ from: Day; to: Day; rows: number }>;

/**
 * Writes a table's days, one atomic replace for each chunk of consecutive days, and records an
 * outcome for each day. Called again for the same launch it does no chunk twice.
 *
 * @param onChunk told after each chunk
 * @throws PhasegateError as the warehouse does; the days of the chunk are then recorded as failed
 */
export async function runJob(
  warehouse: Warehouse,
  { run, launch, table, days }: Job,
  now: () => string,
  onChunk: (chunk: WrittenChunk) => void,
): Promise<void> {
  const sql = replaceStatement({ ...table, table: table.name, select: table.job.select });
  const idOf = (text: string) => `${launch}-${text}`.replaceAll('.', '-');
  const record = async (
    name: string,
    span: Day[],
    fields: Omit<Row, 'data_date'>,
    rows?: (day: Day) => number,
  ) => {
    const history = span.map((day) => ({
      run,
      launch,
      table_name: table.name,
      data_date: day,
      recorded_at: now(),
      ...(rows === undefined ? {} : { records_processed: rows(day) }),
      ...fields,
    }));
    await warehouse.append(RUN_HISTORY.name, history, { jobId: idOf(name) });
  };

  await record('running', [...eachDay(days)], { status: 'running' });
  for (const { from, to } of chunksOf(days, table.job.chunkDays)) {
    const chunkDays = [...eachDay([{ from, to }])];
    try {
      const { readAt } = await warehouse.write(
        { sql, params: { from: { type: 'DATE', value: from }, to: { type: 'DATE', value: to } } },
        { jobId: idOf(from), labels: { table: table.name.replace('.', '-') } },
      );
      const states = await warehouse.dayStates([table.name]);
      const rows = new Map(states.map((state) => [state.day, state.rows]));
      await record(
        `${from}-success`,
        chunkDays,
        { status: 'success', read_at: readAt },
        (day) => rows.get(day) ?? 0,
      );
      onChunk({ from, to, rows: chunkDays.reduce((sum, day) => sum + (rows.get(day) ?? 0), 0) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      await record(`${from}-failed`, chunkDays, { status: 'failed', message });
      throw error;
    }
  }
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
