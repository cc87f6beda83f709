import { describe } from 'vitest';
import { type OpenedWarehouse, useWarehouse } from './warehouse-bench.ts';
import { describeDays } from './warehouse-days.ts';
import { describeLoads } from './warehouse-loads.ts';
import { describeQueries } from './warehouse-queries.ts';
import { describeWrites } from './warehouse-writes.ts';

/** What every warehouse owes its callers; `open` gives one that holds nothing of ours. */
export function describeWarehouse(name: string, open: () => Promise<OpenedWarehouse>): void {
  describe(`${name} as a warehouse`, () => {
    const bench = useWarehouse(open);
    describeQueries(bench);
    describeWrites(bench);
    describeDays(bench);
    describeLoads(bench);
  });
}
