import { describe } from 'vitest';
import { type OpenedWarehouse, useWarehouse } from './warehouse-bench.ts';
import { describeCost } from './warehouse-cost.ts';
import { describeDays } from './warehouse-days.ts';
import { describeLoads } from './warehouse-loads.ts';
import { describePending } from './warehouse-pending.ts';
import { describeQueries } from './warehouse-queries.ts';
import { describeViews } from './warehouse-views.ts';
import { describeWrites } from './warehouse-writes.ts';

/** What every warehouse owes its callers; `open` gives one that holds nothing of ours. */
export function describeWarehouse(name: string, open: () => Promise<OpenedWarehouse>): void {
  describe(`${name} as a warehouse`, () => {
    const bench = useWarehouse(open);
    describeQueries(bench);
    describeWrites(bench);
    describeDays(bench);
    describeLoads(bench);
    describeViews(bench);
    describeCost(bench);
    describePending(bench);
  });
}
