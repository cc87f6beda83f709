import { PhasegateError } from '../core/errors.ts';
import { type ItemName, itemName, type Measure, type StateItem } from '../core/state-item.ts';

export type Unique = Extract<StateItem, { kind: 'unique' }>;
type Groups = Extract<StateItem, { kind: 'groups' }>;

/** Groups of the same rows by the same columns are read once, the values of their items side by side. */
export type GroupsTogether = Readonly<{
  kind: 'groups';
  by: Groups['by'];
  where: Groups['where'];
  values: readonly Measure[];
  /** Each item's place among the values. */
  items: readonly Readonly<{ name: ItemName; from: number; to: number }>[];
}>;

const known = new WeakMap<readonly StateItem[], readonly (Unique | GroupsTogether)[]>();

/** The SELECTs that together read these items; their order depends on nothing but the items. */
export function branchesOf(items: readonly StateItem[]): readonly (Unique | GroupsTogether)[] {
  const found = known.get(items);
  if (found !== undefined) return found;
  const branches = new Map<string, Unique | GroupsTogether>();
  for (const item of items) {
    if (item.kind === 'unique') branches.set(itemName(item), item);
    else if (item.kind === 'groups') {
      const key = JSON.stringify([item.by, item.where]);
      const others = branches.get(key);
      branches.set(key, together(others?.kind === 'groups' ? others : null, item));
    } else throw new PhasegateError('bug', `${item.kind} is not read by the group scan`);
  }
  const all = [...branches.values()];
  known.set(items, all);
  return all;
}

function together(others: GroupsTogether | null, item: Groups): GroupsTogether {
  const before = others?.values ?? [];
  const place = {
    name: itemName(item),
    from: before.length,
    to: before.length + item.values.length,
  };
  return {
    kind: 'groups',
    by: item.by,
    where: item.where,
    values: [...before, ...item.values],
    items: [...(others?.items ?? []), place],
  };
}
