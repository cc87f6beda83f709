import { whyNoPattern } from '../re2-pattern.ts';
import { quotedColumn, quotedText } from '../state-item.ts';
import type { Share } from './base.ts';
import { rowShare } from './row-share.ts';

/** A text column has the form of an RE2 regular expression. It is searched for: anchor it with ^ and $. */
export type Pattern = Share & Readonly<{ kind: 'pattern'; column: string; pattern: string }>;

export const pattern = rowShare<Pattern>({
  columns: ({ column }) => [column],
  holds: ({ column, pattern }) =>
    `REGEXP_CONTAINS(${quotedColumn(column)}, ${quotedText(pattern)})`,
  says: ({ column, pattern }) => `${column} matches ${pattern}`,
  problems: ({ pattern }) => {
    const reason = whyNoPattern(pattern);
    return reason === null ? [] : [`pattern '${pattern}' ${reason}`];
  },
});
