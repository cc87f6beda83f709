import { quotedColumn } from '../state-item.ts';
import type { Share } from './base.ts';
import { rowShare } from './row-share.ts';

/** `min` ≤ column ≤ `max`. A NULL is in no range: it counts against the check unless `where` leaves it out. */
export type Range = Share &
  Readonly<{ kind: 'range'; column: string; min: number | null; max: number | null }>;

export const range = rowShare<Range>({
  columns: ({ column }) => [column],
  holds: ({ column, min, max }) =>
    [
      ...(min === null ? [] : [`${quotedColumn(column)} >= ${min}`]),
      ...(max === null ? [] : [`${quotedColumn(column)} <= ${max}`]),
    ].join(' AND '),
  says: ({ column, min, max }) => `${column} in [${min ?? '-∞'}, ${max ?? '∞'}]`,
  problems: ({ min, max }) => {
    if (min === null && max === null) return ['has neither min nor max, so it could never fail'];
    return min !== null && max !== null && min > max
      ? [`has min ${min} above max ${max}, so no value fits; accepted: min up to max`]
      : [];
  },
});
