import type { SqlExpression } from './base.ts';
import { groupShare } from './group-share.ts';
import type { Grouping } from './grouping.ts';

/** A condition over the rows of each group taken together: `COUNT(*) = 2`. */
export type GroupCondition = Grouping & Readonly<{ kind: 'group-condition'; holds: SqlExpression }>;

export const groupCondition = groupShare<GroupCondition>({
  values: ({ holds }) => [`CASE WHEN (${holds}) THEN 1 ELSE 0 END`],
  breaks: (_, [held]) => (held === 1 ? null : ''),
  says: ({ holds, by }) => `${holds} by ${by.join(', ')}`,
});
