import type { TableName } from './ids.ts';
import type { CheckJudgement } from './judge/facts.ts';

/** The query that finds rows on which a check fails, and the keys of a few of them. */
export type FailingRows = Readonly<{
  table: TableName;
  check: string;
  sql: string;
  params: Readonly<Record<string, Readonly<{ type: string; value: unknown }>>>;
  /** `game_date=2022-01-03 player_lookup=…`; empty when the query was refused. */
  keys: readonly string[];
  /** Why the warehouse would not answer; null when it did. */
  refused: string | null;
}>;

export function failingRowsOf(
  all: readonly FailingRows[],
  table: TableName,
  { id }: Pick<CheckJudgement, 'id'>,
): FailingRows | undefined {
  return all.find((rows) => rows.table === table && rows.check === id);
}

/** The keys that are known of what breaks a check: those its judgement names, otherwise those of sampled rows. */
export function samplesOf(
  all: readonly FailingRows[],
  table: TableName,
  check: CheckJudgement,
): readonly string[] {
  return check.samples ?? failingRowsOf(all, table, check)?.keys ?? [];
}
