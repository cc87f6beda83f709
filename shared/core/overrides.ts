import type { TableName } from './ids.ts';
import type { Pipeline } from './pipeline.ts';
import type { Instant, Override, RunState } from './run.ts';
import { dayAt } from './time-zone.ts';

/** What a person signed last for this table, as long as it has not run out. */
export function overrideInForce(
  { timeZone }: Pipeline,
  { overrides }: RunState,
  table: TableName,
  at: Instant,
): Override | null {
  const last = overrides.findLast((each) => each.table === table);
  return last !== undefined && last.until >= dayAt(at, timeZone) ? last : null;
}
