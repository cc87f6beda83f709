import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import type { Day } from '../../shared/core/days.ts';
import { decide } from '../../shared/core/decide.ts';
import type { RunId } from '../../shared/core/ids.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import type { RunReport } from '../../shared/core/report.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { readReport } from '../../shared/shell/read-report.ts';

/** The report of a run that was requested and did nothing yet, its checks read from the warehouse. */
export async function emptyRunReport(
  warehouse: Warehouse,
  pipeline: Pipeline,
  run: RunId,
  from: Day,
  to: Day,
): Promise<RunReport | null> {
  const database = openStateFile(':memory:');
  try {
    const runs = sqliteRunStore(database);
    const phases = pipeline.phases.map(({ name }) => name);
    const event = {
      type: 'run-requested',
      run,
      request: { pipeline: pipeline.name, from, to, phases, mode: 'missing' },
      definition: '0a1b2c3d',
      by: 'ana',
      reason: '',
      at: '2026-01-03T04:00:00.000Z',
    } as const;
    const step = decide(pipeline, null, event);
    if (step === null) throw new Error('a first request starts a run');
    await runs.post(run, { id: 'requested', event });
    await runs.commit(run, { ...step, expected: 0, folded: ['requested'] });
    return await readReport(runs, warehouse, run);
  } finally {
    database.close();
  }
}
