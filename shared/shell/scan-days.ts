import { type DaySet, eachDay, hasDay } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import type { GroupRow, ItemValue } from '../core/profile.ts';
import type { Relation } from '../core/relation.ts';
import { type ItemName, itemName, type StateItem } from '../core/state-item.ts';
import type { Scan } from '../sql/scan.ts';
import { acceptItems, type Refused, refusalOf } from './accept-items.ts';
import type { Reader } from './reader.ts';

export type ScannedDays = Map<Day, Map<ItemName, ItemValue>>;

/**
 * Reads these items on exactly these days, which all have rows. What does not compile is refused;
 * when the statement fails on the data itself, each item is read alone: the culprit is refused and
 * its neighbours are not.
 */
export async function scanDays(
  reader: Reader,
  scan: Scan,
  relation: Relation,
  items: readonly StateItem[],
  days: DaySet,
  version: string,
  refused: Refused,
): Promise<ScannedDays> {
  const found: ScannedDays = new Map();
  const purpose = `${relation.name.replace('.', '-')}-${scan.name}`;
  const accepted = await acceptItems(reader, scan, relation, items, days, refused);
  const read = async (some: readonly StateItem[]) => {
    const rows = await reader.query(purpose, scan.statement(relation, some, days), version);
    startAt(found, some, days);
    for (const row of rows) {
      for (const each of scan.read(some, row)) {
        if (each.day !== null && hasDay(days, each.day)) take(found, each.day, each);
      }
    }
  };
  if (accepted.length === 0) return found;
  const reason = await refusalOf(() => read(accepted));
  if (reason === null) return found;
  for (const item of accepted) {
    const own = accepted.length === 1 ? reason : await refusalOf(() => read([item]));
    if (own !== null) refused.set(itemName(item), own);
  }
  return found;
}

/** What a day has of which the scan returns no row: no duplicates, no groups, NULL. */
function startAt(found: ScannedDays, items: readonly StateItem[], days: DaySet): void {
  for (const day of eachDay(days)) {
    const values = found.get(day) ?? new Map<ItemName, ItemValue>();
    for (const item of items) values.set(itemName(item), blankOf(item));
    found.set(day, values);
  }
}

function blankOf({ kind }: StateItem): ItemValue {
  if (kind === 'unique') return 0;
  return kind === 'measure' ? null : [];
}

function take(
  found: ScannedDays,
  day: Day,
  read: Readonly<{ item: ItemName }> & ({ value: ItemValue } | { group: GroupRow }),
): void {
  const values = found.get(day);
  if (values === undefined) return;
  if ('value' in read) {
    values.set(read.item, read.value);
    return;
  }
  const groups = values.get(read.item);
  const others = Array.isArray(groups) ? (groups as readonly GroupRow[]) : [];
  values.set(read.item, [...others, read.group]);
}
