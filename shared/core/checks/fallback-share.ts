import { quotedColumn, quotedText } from '../state-item.ts';
import type { Share } from './base.ts';
import { rowShare } from './row-share.ts';

/**
 * Rows that come from anything but the primary source stay few. A row that does not say where it
 * comes from is not from the primary source. Counts the rows that are: the thresholds are theirs.
 */
export type FallbackShare = Share &
  Readonly<{ kind: 'fallback-share'; column: string; primary: readonly string[] }>;

export const fallbackShare = rowShare<FallbackShare>({
  columns: ({ column }) => [column],
  holds: ({ column, primary }) =>
    `${quotedColumn(column)} IN (${primary.map(quotedText).join(', ')})`,
  says: ({ column, primary }) => `${column} is ${primary.join(' or ')}, not a fallback`,
});
