import { setTimeout as pause } from 'node:timers/promises';
import { hasDay } from '../../core/day-set.ts';
import type { Day } from '../../core/days.ts';
import type { Pipeline } from '../../core/pipeline.ts';
import { publishedTables } from '../../core/published.ts';
import { counted } from '../../core/view/counted.ts';
import type { Warehouse } from '../../ports/warehouse.ts';
import { assess } from '../../shell/assess.ts';
import { visibleRows } from '../../shell/verified-views.ts';

/** What readers of all verified views found so far. */
export type Looked = Readonly<{
  looks: number;
  /** At the last look: in the views, and in the tables themselves. */
  rows: number;
  rowsOfTables: number;
  /** At all looks: rows of a day that was not VERIFIED when its table was judged right after the look. */
  unverifiedRows: number;
}>;

export type Readers = Readonly<{
  /** Looks once more. */
  look(): Promise<Looked>;
  /** Ends the looking. */
  stop(): Promise<void>;
}>;

const PAUSE_MS = 2_000;
/** Readers pause twenty times as long as they looked, so that the run has the machine. */
const PAUSE_PER_LOOK = 20;

/** Has readers look at every verified view again and again, through the warehouse's official client. */
export function watchViews(
  warehouse: Warehouse,
  pipeline: Pipeline,
  range: Readonly<{ from: Day; to: Day }>,
): Readers {
  const tables = publishedTables(pipeline);
  const stopped = new AbortController();
  let [looks, unverifiedRows] = [0, 0];

  const look = async (): Promise<Looked> => {
    looks += 1;
    const id = `readers-${looks}-${Date.now()}`;
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
    return { looks, rows, rowsOfTables, unverifiedRows };
  };
  const lookAgain = async () => {
    while (!stopped.signal.aborted) {
      const began = Date.now();
      await look();
      const pauseMs = Math.max(PAUSE_MS, PAUSE_PER_LOOK * (Date.now() - began));
      await pause(pauseMs, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  };
  const looking = lookAgain();
  looking.catch(() => undefined);
  return {
    look,
    stop: async () => {
      stopped.abort();
      await looking;
    },
  };
}

/** One line for people. */
export function lookedLine({ looks, rows, rowsOfTables, unverifiedRows }: Looked): string {
  return `readers looked ${counted(looks, 'time')} at the verified views: ${rows} of ${rowsOfTables} rows visible, ${unverifiedRows} rows of a day that was not VERIFIED at any look`;
}
