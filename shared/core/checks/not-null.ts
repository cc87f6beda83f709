import { quotedColumn } from '../state-item.ts';
import type { Share } from './base.ts';
import { rowShare } from './row-share.ts';

/** A column is filled where it must be. */
export type NotNull = Share & Readonly<{ kind: 'not-null'; column: string }>;

export const notNull = rowShare<NotNull>({
  columns: ({ column }) => [column],
  holds: ({ column }) => `${quotedColumn(column)} IS NOT NULL`,
  says: ({ column }) => `${column} filled`,
});
