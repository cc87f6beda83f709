import type { DaySet } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import type { GroupRow, ItemValue } from '../core/profile.ts';
import type { Relation } from '../core/relation.ts';
import type { ItemName, StateItem } from '../core/state-item.ts';
import type { DayFilter } from './day-filter.ts';
import { groupScan } from './group-scan.ts';
import { profileScan } from './profile-scan.ts';
import { questionScan } from './question-scan.ts';

export type ScanRow = Readonly<Record<string, unknown>>;

/** What one row of a scan says: a value of an item, or one more group of it. */
export type Read = Readonly<{ day: Day; item: ItemName }> &
  (Readonly<{ value: ItemValue }> | Readonly<{ group: GroupRow }>);

/** A way of reading items of one relation with one statement, whole or in parts. */
export type Scan = Readonly<{
  /** Names the statement in evidence and in its job id. */
  name: string;
  items: readonly StateItem[];
  /** The statement that reads these of its items on these days. */
  statement: (relation: Relation, items: readonly StateItem[], days: DaySet) => DayFilter;
  read: (items: readonly StateItem[], row: ScanRow) => readonly Read[];
}>;

/** As few statements as can read these items: one for all counts, one for all groups, one for each question. */
export function scansOf(items: readonly StateItem[]): readonly Scan[] {
  const of = (...kinds: StateItem['kind'][]) => items.filter(({ kind }) => kinds.includes(kind));
  return [
    { name: 'profile', items: of('measure'), ...profileScan },
    { name: 'groups', items: of('unique', 'groups'), ...groupScan },
    ...of('question').map((item, index) => ({
      name: `question${index}`,
      items: [item],
      ...questionScan,
    })),
  ].filter((scan) => scan.items.length > 0);
}
