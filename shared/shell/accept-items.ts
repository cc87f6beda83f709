import type { DaySet } from '../core/day-set.ts';
import { isKind } from '../core/errors.ts';
import type { Relation } from '../core/relation.ts';
import { type ItemName, itemName, type StateItem } from '../core/state-item.ts';
import type { Scan } from '../sql/scan.ts';
import type { Reader } from './reader.ts';

/** The items that the warehouse will not read, with its reason. */
export type Refused = Map<ItemName, string>;

/**
 * Sorts out what the warehouse refuses by halving the list with free dry runs, so that one
 * expression that does not compile costs its own check and not its neighbours.
 */
export async function acceptItems(
  reader: Reader,
  scan: Scan,
  relation: Relation,
  items: readonly StateItem[],
  days: DaySet,
  refused: Refused,
): Promise<readonly StateItem[]> {
  if (items.length === 0) return [];
  const reason = await refusalOf(() => reader.dryRun(scan.statement(relation, items, days)));
  if (reason === null) return items;
  const [only, ...others] = items;
  if (only !== undefined && others.length === 0) {
    refused.set(itemName(only), reason);
    return [];
  }
  const middle = Math.ceil(items.length / 2);
  const halves = [items.slice(0, middle), items.slice(middle)];
  const accepted: StateItem[] = [];
  for (const half of halves) {
    accepted.push(...(await acceptItems(reader, scan, relation, half, days, refused)));
  }
  return accepted;
}

/** Why the warehouse refuses the work for good; null when it was done. */
export async function refusalOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (isKind(error, 'invalid-query') || isKind(error, 'not-found')) return error.message;
    throw error;
  }
}
