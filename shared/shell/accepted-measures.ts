import type { DaySet } from '../core/day-set.ts';
import { isKind } from '../core/errors.ts';
import { type Measure, measuresOf } from '../core/measure.ts';
import type { Table } from '../core/pipeline.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { profileScan } from '../sql/profile-scan.ts';

export type AcceptedMeasures = Readonly<{
  measures: readonly Measure[];
  refused: ReadonlyMap<Measure, string>;
}>;

/**
 * Sorts out what the warehouse refuses with free dry runs, so that one expression that does not
 * compile costs its own check and not its neighbours.
 */
export async function acceptedMeasures(
  warehouse: Warehouse,
  table: Table,
  days: DaySet,
): Promise<AcceptedMeasures> {
  const all = measuresOf(table);
  const refused = new Map<Measure, string>();
  if ((await refusal(warehouse, table, all, days)) !== null) {
    for (const measure of all) {
      const reason = await refusal(warehouse, table, [measure], days);
      if (reason !== null) refused.set(measure, reason);
    }
  }
  return { measures: all.filter((measure) => !refused.has(measure)), refused };
}

async function refusal(
  warehouse: Warehouse,
  table: Table,
  measures: readonly Measure[],
  days: DaySet,
): Promise<string | null> {
  try {
    await warehouse.dryRun(profileScan(table, measures, days));
    return null;
  } catch (error) {
    if (isKind(error, 'invalid-query') || isKind(error, 'not-found')) return error.message;
    throw error;
  }
}
