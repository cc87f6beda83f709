import type { Column } from '../column.ts';
import type { Share, SqlExpression } from './base.ts';
import { rowShare } from './row-share.ts';

/** A condition over the columns of each row. */
export type Condition = Share & Readonly<{ kind: 'condition'; holds: SqlExpression }>;

export const condition = rowShare<Condition>({
  columns: () => [],
  holds: ({ holds }) => holds,
  says: ({ holds }) => holds,
  problems: ({ holds }, { columns }) =>
    namesColumn(holds, columns)
      ? []
      : ['holds names no column of its rows, so it is the same for every row'],
});

function namesColumn(expression: SqlExpression, columns: readonly Column[]): boolean {
  const bare = expression.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, ' ').toLowerCase();
  const words = new Set(bare.match(/[a-z_]\w*/g));
  return columns.some(({ name }) => words.has(name));
}
