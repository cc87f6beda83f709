import { quotedColumn, quotedText } from '../state-item.ts';
import type { Share } from './base.ts';
import { rowShare } from './row-share.ts';

/** Share of rows whose column is one of these values, e.g. quality tiers gold and silver. */
export type CategoryShare = Share &
  Readonly<{ kind: 'category-share'; column: string; values: readonly string[] }>;

export const categoryShare = rowShare<CategoryShare>({
  columns: ({ column }) => [column],
  holds: ({ column, values }) =>
    `${quotedColumn(column)} IN (${values.map(quotedText).join(', ')})`,
  says: ({ column, values }) => `${column} in ${values.join(', ')}`,
});
