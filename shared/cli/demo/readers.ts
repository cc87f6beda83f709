import { randomUUID } from 'node:crypto';
import { hasDay } from '../../core/day-set.ts';
import type { Day } from '../../core/days.ts';
import type { Pipeline } from '../../core/pipeline.ts';
import { publishedTables } from '../../core/published.ts';
import { counted } from '../../core/view/counted.ts';
import type { Warehouse } from '../../ports/warehouse.ts';
import { assess } from '../../shell/assess.ts';
import { visibleRows } from '../../shell/verified-views.ts';

/** Before the gate blocked the run, while it was blocked, and from the repair to the end. */
export type Stage = 'unblocked' | 'blocked' | 'repaired';

/** What readers of all verified views found so far. */
export type Looked = Readonly<{
  /** Looks of the readers' own that began and ended in this stage. */
  looks: number;
  /** At this look: in the views, and in the tables themselves. */
  rows: number;
  rowsOfTables: number;
  /** At all looks so far: rows of a day that was not VERIFIED when its table was judged right after the look. */
  unverifiedRows: number;
}>;

export type Readers = Readonly<{
  /** The readers look at once, and what they find from now on belongs to this stage. */
  enter(stage: Stage): void;
  /** Looks for the story, beside the readers: such a look is not counted. */
  look(): Promise<Looked>;
  /** Ends the looking. */
  stop(): Promise<void>;
}>;

const PAUSE_MS = 2_000;
/** Readers pause twenty times as long as they looked, so that the run has the machine. */
const PAUSE_PER_LOOK = 20;

/**
 * Has readers look at every verified view through the warehouse's official client: at the start of
 * each stage, and again and again after a pause.
 */
export function watchViews(
  warehouse: Warehouse,
  pipeline: Pipeline,
  range: Readonly<{ from: Day; to: Day }>,
): Readers {
  const tables = publishedTables(pipeline);
  let isStopped = false;
  let woken = Promise.withResolvers<void>();
  const looks: Record<Stage, number> = { unblocked: 0, blocked: 0, repaired: 0 };
  let stage: Stage = 'unblocked';
  let unverifiedRows = 0;

  const look = async (): Promise<Looked> => {
    const id = `readers-${randomUUID()}`;
    let rows = 0;
    for (const table of tables) {
      const visible = await visibleRows(warehouse, table);
      if (visible.size === 0) continue;
      const request = { id: `${id}-${table.name.replace('.', '-')}`, relations: [table] };
      const at = new Date().toISOString();
      const { tables: judged } = await assess(warehouse, pipeline, { ...request, ...range }, at);
      const verified = judged[0]?.outcomes.VERIFIED ?? [];
      for (const [day, found] of visible) {
        rows += found;
        if (!hasDay(verified, day)) unverifiedRows += found;
      }
    }
    const states = await warehouse.dayStates(tables.map(({ name }) => name));
    const rowsOfTables = states.reduce((sum, state) => sum + state.rows, 0);
    return { looks: looks[stage], rows, rowsOfTables, unverifiedRows };
  };
  const lookAgain = async () => {
    while (!isStopped) {
      const [began, during] = [Date.now(), stage];
      await look();
      if (stage === during) looks[during] += 1;
      const pauseMs = Math.max(PAUSE_MS, PAUSE_PER_LOOK * (Date.now() - began));
      const timer = setTimeout(woken.resolve, pauseMs);
      await woken.promise;
      clearTimeout(timer);
      woken = Promise.withResolvers();
    }
  };
  const looking = lookAgain();
  looking.catch(() => undefined);
  return {
    enter: (next) => {
      stage = next;
      woken.resolve();
    },
    look,
    stop: async () => {
      isStopped = true;
      woken.resolve();
      await looking;
    },
  };
}

/** One line for people. */
export function lookedLine({ looks, rows, rowsOfTables, unverifiedRows }: Looked): string {
  return `readers meanwhile looked ${counted(looks, 'time')} at the verified views: ${rows} of ${rowsOfTables} rows visible, ${unverifiedRows} rows of a day that was not VERIFIED at any look`;
}
