import type { Check } from '../check.ts';
import { kindOf } from '../checks/kinds.ts';
import type { TableProfile } from '../profile.ts';
import { itemName, type StateItem } from '../state-item.ts';
import type { TableFacts } from './facts.ts';

/** Why the warehouse would not answer something that this check rests on; null when it answered all. */
export function refusalOf(check: Check, { profile, others }: TableFacts): string | null {
  const { own, others: wanted = [] } = kindOf(check).reads(check);
  const reasons = [
    refusedOf(own, profile),
    ...wanted.map(({ relation, items }) => {
      const other = others.get(relation);
      return other === undefined ? `${relation} was not read` : refusedOf(items, other);
    }),
  ];
  return reasons.find((reason) => reason !== null) ?? null;
}

function refusedOf(items: readonly StateItem[], { refused }: TableProfile): string | null {
  const reasons = items.map((item) => refused.get(itemName(item)));
  return reasons.find((reason) => reason !== undefined) ?? null;
}
