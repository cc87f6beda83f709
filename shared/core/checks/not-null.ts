import { quotedColumn } from '../state-item.ts';
import type { Share, SqlExpression } from './base.ts';
import { rowShare } from './row-share.ts';

/** A column is filled where it must be. */
export type NotNull = Share & Readonly<{ kind: 'not-null'; column: string }>;

export const notNull = rowShare<NotNull>({
  columns: ({ column }) => [column],
  holds: ({ column }) => isFilled(column),
  says: ({ column }) => `${column} filled`,
});

/** Of a row that has a value there. */
export function isFilled(column: string): SqlExpression {
  return `${quotedColumn(column)} IS NOT NULL`;
}
