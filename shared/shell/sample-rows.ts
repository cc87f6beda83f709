import { kindOf } from '../core/checks/kinds.ts';
import { isEmpty } from '../core/day-set.ts';
import type { FailingRows } from '../core/failing-rows.ts';
import type { TableFacts, TableJudgement } from '../core/judge/facts.ts';
import type { Row } from '../ports/warehouse.ts';
import { sampledColumns, sampleQuery } from '../sql/sample-query.ts';
import { refusalOf } from './accept-items.ts';
import type { Reader } from './reader.ts';

/**
 * For each check over rows that fails: the keys of a few rows that break it. A query that the
 * warehouse refuses says so in its place; nothing else depends on it.
 */
export async function sampleRows(
  reader: Reader,
  tables: readonly Readonly<{ facts: TableFacts; judgement: TableJudgement }>[],
): Promise<readonly FailingRows[]> {
  const found: FailingRows[] = [];
  for (const { facts, judgement } of tables) {
    for (const check of facts.table.checks) {
      const judged = judgement.checks.find(({ id }) => id === check.id);
      const rows = kindOf(check).rows?.(check);
      if (judged?.verdict !== 'FAIL' || rows === undefined || isEmpty(judged.days)) continue;
      const { sql, params } = sampleQuery(facts.table, rows, judged.days);
      const place = { table: judgement.table, check: check.id, sql, params };
      const purpose = `${judgement.table.replace('.', '-')}-samples`;
      const columns = sampledColumns(facts.table);
      let keys: readonly string[] = [];
      const refused = await refusalOf(async () => {
        const answer = await reader.query(purpose, { sql, params }, facts.now);
        keys = [...new Set(answer.map((row) => keyOf(row, columns)))];
      });
      found.push({ ...place, keys, refused });
    }
  }
  return found;
}

function keyOf(row: Row, columns: readonly string[]): string {
  return columns.map((column) => `${column}=${row[column]}`).join(' ');
}
