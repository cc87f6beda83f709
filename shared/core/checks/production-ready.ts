import { quotedColumn } from '../state-item.ts';
import type { Share } from './base.ts';
import { rowShare } from './row-share.ts';

/** Rows fit for use by our own reading of tier, score and issues, whatever the row says of itself. */
export type ProductionReady = Share &
  Readonly<{ kind: 'production-ready'; tier: string; score: string; issues: string }>;

/** Issues that make a row unfit. The writer appends details (`missing_required:points`), so a prefix decides. */
const BLOCKING_ISSUES = ['all_sources_failed', 'missing_required', 'placeholder_created'];

export const productionReady = rowShare<ProductionReady>({
  columns: ({ tier, score, issues }) => [tier, score, issues],
  holds: ({ tier, score, issues }) =>
    [
      `${quotedColumn(tier)} IN ('gold', 'silver', 'bronze')`,
      `${quotedColumn(score)} >= 50`,
      ...BLOCKING_ISSUES.map(
        (issue) => `STRPOS(COALESCE(${quotedColumn(issues)}, ''), '${issue}') = 0`,
      ),
    ].join(' AND '),
  says: () => 'production-ready',
});
