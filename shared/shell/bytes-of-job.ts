import type { DaySet } from '../core/day-set.ts';
import type { SelectTable } from '../core/table-job.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { chunksOf } from './run-job.ts';

/**
 * What a table's job will read on these days, in bytes: the sum of free dry runs of its SELECT, one for each chunk.
 *
 * @throws PhasegateError as `dryRun`
 */
export async function bytesOfJob(
  warehouse: Warehouse,
  table: SelectTable,
  days: DaySet,
): Promise<number> {
  const { select, chunkDays } = table.job;
  let bytes = 0;
  for (const { from, to } of chunksOf(days, chunkDays)) {
    const params = {
      from: { type: 'DATE', value: from },
      to: { type: 'DATE', value: to },
    } as const;
    bytes += (await warehouse.dryRun({ sql: select, params })).bytesProcessed;
  }
  return bytes;
}
