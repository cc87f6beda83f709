import type { RunId, TableName } from '../../core/ids.ts';
import type { RunState } from '../../core/run.ts';
import type { DaysTold, PhaseTables } from '../../core/view/progress.ts';
import type { GateChecks } from '../../core/view/progress-events.ts';
import type { Pace } from '../../core/view/progress-pace.ts';

/** A run as a watcher reaches it. What it reads may throw; only a look that throws stops anything. */
export type Watching = Readonly<{
  run: RunId;
  /** Null before the run's first fact was folded; `isQuiet`: nothing of it waits to be done. */
  look(): Promise<Readonly<{ state: RunState; isQuiet: boolean }> | null>;
  /** Who carries the run on, for people; null: nobody does. */
  carrier(): string | null;
  phases(state: RunState): Promise<PhaseTables>;
  /** What running launches have told of their days. */
  told(state: RunState): Promise<ReadonlyMap<TableName, DaysTold>>;
  past(): Promise<ReadonlyMap<TableName, Pace>>;
  /** What a gate found of one table, by its evidence. */
  checks(evidence: string, table: TableName): Promise<GateChecks | null>;
  pollMs: number;
}>;
