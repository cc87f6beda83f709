import type { Share, SqlExpression } from './base.ts';
import { rowShare } from './row-share.ts';

/** |left − right| ≤ tolerance on each row. */
export type Identity = Share &
  Readonly<{ kind: 'identity'; left: SqlExpression; right: SqlExpression; tolerance: number }>;

export const identity = rowShare<Identity>({
  columns: () => [],
  holds: ({ left, right, tolerance }) => `ABS((${left}) - (${right})) <= ${tolerance}`,
  says: ({ left, right, tolerance }) => `${left} = ${right} ± ${tolerance}`,
});
