import type { Measure } from '../state-item.ts';
import { groupShare } from './group-share.ts';
import type { Grouping } from './grouping.ts';
import { isWithin, spoken } from './tolerance.ts';

/** |left − right| ≤ tolerance for each group of rows; both are aggregates. */
export type GroupIdentity = Grouping &
  Readonly<{ kind: 'group-identity'; left: Measure; right: Measure; tolerance: number }>;

export const groupIdentity = groupShare<GroupIdentity>({
  values: ({ left, right }) => [left, right],
  breaks: ({ tolerance }, [left = null, right = null]) =>
    isWithin(left, right, tolerance) ? null : `${spoken(left)} instead of ${spoken(right)}`,
  says: ({ left, right, tolerance, by }) => `${left} = ${right} ± ${tolerance} by ${by.join(', ')}`,
  problems: ({ left, right }) =>
    left.trim() === right.trim() ? [`compares ${left.trim()} with itself`] : [],
});
