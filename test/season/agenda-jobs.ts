import { isKind } from '../../shared/core/errors.ts';
import type { LaunchId, TableName } from '../../shared/core/ids.ts';
import { type Pipeline, tableNamed } from '../../shared/core/pipeline.ts';
import { isSelectTable } from '../../shared/core/table-job.ts';
import type { Bus } from '../../shared/ports/bus.ts';
import type { ExecutionState, JobRunner, Launch } from '../../shared/ports/job-runner.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { runJob } from '../../shared/shell/run-job.ts';
import type { Agenda } from './agenda.ts';

const JOB_MS = 5 * 60_000;

/** How the jobs of a table behave for now. */
export type Behaviour = 'works' | 'fails' | 'hangs';

export type AgendaJobs = JobRunner & Readonly<{ behave(table: TableName, how: Behaviour): void }>;

/** Runs the real job of a launch five minutes after it was asked for, on the agenda's clock. */
export function agendaJobs(
  agenda: Agenda,
  bus: Bus,
  warehouse: Warehouse,
  pipeline: Pipeline,
): AgendaJobs {
  const behaviours = new Map<TableName, Behaviour>();
  const states = new Map<LaunchId, ExecutionState>();

  const end = async ({ id, run, table, attempt }: Launch, result: string, message = '') => {
    states.set(id, result === 'succeeded' ? 'succeeded' : 'failed');
    const body = { run, launch: id, table, attempt, result, message };
    await bus.publish('phasegate-job-finished', body);
  };

  const work = async (launch: Launch) => {
    if (states.get(launch.id) !== 'running') return;
    const behaviour = behaviours.get(launch.table) ?? 'works';
    if (behaviour === 'hangs') return;
    if (behaviour === 'fails') return end(launch, 'permanent', 'the processor raised KeyError');
    const table = tableNamed(pipeline, launch.table);
    if (table === undefined || !isSelectTable(table))
      throw new Error(`no SELECT of ${launch.table}`);
    const { id, run, days } = launch;
    try {
      await runJob(warehouse, { run, launch: id, table, days }, agenda.now, () => undefined);
    } catch (error) {
      if (!isKind(error, 'invalid-query')) throw error;
      return end(launch, 'permanent', error.message);
    }
    await end(launch, 'succeeded');
  };

  const launches = new Map<LaunchId, Launch>();
  return {
    behave: (table, how) => void behaviours.set(table, how),
    async launch(launch) {
      if (!states.has(launch.id)) {
        states.set(launch.id, 'running');
        launches.set(launch.id, launch);
        agenda.in(JOB_MS, () => work(launch));
      }
      return { execution: launch.id };
    },
    stateOf: async (launch) => states.get(launch) ?? 'unknown',
    async cancel(id) {
      const launch = launches.get(id);
      if (launch !== undefined && states.get(id) === 'running') await end(launch, 'cancelled');
      return states.get(id) ?? 'unknown';
    },
    running: async () => [...states].flatMap(([id, state]) => (state === 'running' ? [id] : [])),
  };
}
