import { PhasegateError } from '../../shared/core/errors.ts';
import type { TableName } from '../../shared/core/ids.ts';
import type { JobOptions, Row, Statement, Warehouse } from '../../shared/ports/warehouse.ts';
import { call, type OwnTrouble, portOf } from './call.ts';
import type { Wanted } from './contents.ts';
import type { ModelWarehouse, Prepared } from './model-warehouse.ts';
import type { Actor, Story } from './story.ts';

/** What a job makes of a day instead of what it should. */
export type Twist = (wanted: Wanted) => Wanted;

export type WriterOptions = Readonly<{
  launch: string;
  twist: Twist;
  /** Told before each replace. */
  onAttempt: () => void;
  /** Told of each day that was written, at the moment it changed. */
  onWrite: (prepared: Prepared) => void;
}>;

/**
 * The warehouse as one actor sees it. A replace takes its snapshot at one moment and changes the data
 * at a later one; a writer that dies between the two may have it done all the same.
 */
export function warehousePort(
  story: Story,
  actor: Actor,
  model: ModelWarehouse,
  writer: WriterOptions | null,
): Warehouse {
  const { tape, rates } = story;
  const ready = new Map<string, number>();
  const apply = (prepared: Prepared) => {
    if (writer === null) throw new Error('only a job writes');
    for (const { day, wanted } of prepared.days) {
      model.put(prepared.table, day, writer.twist(wanted), writer.launch);
    }
    writer.onWrite(prepared);
  };
  const slow = (options: Partial<JobOptions>) => {
    const { jobId, waitMilliseconds } = options;
    if (jobId === undefined || waitMilliseconds === undefined) return;
    const until = ready.get(jobId);
    if (until === undefined) {
      const isSlow = tape.rarely(`${actor.name} slow`, rates.statements, 1) === 1;
      ready.set(jobId, isSlow ? story.clock.now() + waitMilliseconds + 30_000 : 0);
      if (isSlow) throw new PhasegateError('pending', jobId);
    } else if (until > story.clock.now() + waitMilliseconds) {
      throw new PhasegateError('pending', jobId);
    }
  };
  const refused: OwnTrouble = {
    name: 'statement refused',
    rate: writer === null ? rates.refusals : 0,
    error: () => new PhasegateError('invalid-query', 'simulated: refused'),
    thoughDone: false,
  };
  const calls = portOf(
    story,
    actor,
    'warehouse',
    {
      async query(statement: Statement, options: Partial<JobOptions> = {}) {
        const answer = model.query(statement, options.jobId);
        slow(options);
        return answer;
      },
      dryRun: async (statement: Statement) => model.dryRun(statement),
      append: async (
        table: TableName,
        rows: readonly Row[],
        { jobId }: Pick<JobOptions, 'jobId'>,
      ) => model.append(table, rows, jobId),
      columnsOf: async (table: TableName) => model.columnsOf(table),
      dayStates: async (tables: readonly TableName[]) => model.dayStates(tables),
      replaceView: async (name: TableName, sql: string) => model.replaceView(name, sql),
      viewSql: async (name: TableName) => model.viewSql(name),
      layoutOf: async () => null,
    },
    (method) => (method === 'query' || method === 'dryRun' ? [refused] : []),
  );
  return {
    ...calls,
    async write(statement, { jobId }) {
      writer?.onAttempt();
      const before = model.written.get(jobId);
      if (before !== undefined) return { jobId, readAt: before.readAt, rowsAffected: 0 };
      const prepared = await call(story, actor, 'warehouse.snapshot', async () =>
        model.prepare(statement),
      );
      const isZombie = tape.rarely(`${actor.name} zombie`, rates.jobs, 1) === 1;
      if (isZombie) {
        story.clock.after(20_000, () => {
          if (actor.isAlive() || model.written.has(jobId)) return;
          model.written.set(jobId, prepared);
          apply(prepared);
        });
      }
      return call(story, actor, 'warehouse.write', async () => {
        const first = model.written.get(jobId);
        if (first === undefined) {
          model.written.set(jobId, prepared);
          apply(prepared);
        }
        const { readAt, days } = first ?? prepared;
        return { jobId, readAt, rowsAffected: days.length };
      });
    },
    ensureTable: unknown('ensureTable'),
    loadFile: unknown('loadFile'),
    dropTable: unknown('dropTable'),
  };
}

function unknown(method: string) {
  return async (): Promise<never> => {
    throw new Error(`the simulator knows no ${method}`);
  };
}
