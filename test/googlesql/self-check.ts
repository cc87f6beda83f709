import type { Analyzer } from './analyzer.ts';
import { INVALID, KNOWN_TABLES, READS } from './known-statements.ts';
import { rejectionText } from './rejection-text.ts';

/** An analyzer that accepts what BigQuery refuses, or misses a column, proves nothing: why it is not trusted. */
export async function selfCheck(analyzer: Analyzer): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const statement of INVALID) {
    const { accepted } = await analyzer.analyze(statement, KNOWN_TABLES);
    if (accepted) problems.push(`self-check: accepted what BigQuery refuses: ${statement.sql}`);
  }
  for (const statement of READS) {
    const analysis = await analyzer.analyze(statement, KNOWN_TABLES);
    if (!analysis.accepted) {
      problems.push(rejectionText('self-check: a valid statement', statement.sql, analysis));
      continue;
    }
    const reads = [...analysis.reads].map(([table, columns]) => `${table}: ${columns.join(' ')}`);
    if (reads.join() !== statement.reads.join()) {
      problems.push(
        `self-check: ${statement.sql} reads ${statement.reads.join()}; found ${reads.join()}`,
      );
    }
  }
  return problems;
}
