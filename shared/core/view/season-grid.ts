import type { Calendar } from '../calendar.ts';
import type { DayHistory } from '../day-history.ts';
import type { Day } from '../days.ts';
import {
  type CheckJudgement,
  isBlocking,
  type TableFacts,
  type TableJudgement,
} from '../judge/facts.ts';
import type { GridRow } from '../monitor/grid.ts';
import type { SeasonRange } from '../monitor/season-range.ts';
import type { Instant } from '../run.ts';
import type { Verdict } from '../verdict.ts';
import { type CoverageSeries, featureCoverage } from './feature-coverage.ts';
import { type RowsOfDay, rowsOfDays } from './rows-of-days.ts';

/** What a season's days of one table or source show, without what they were judged by. */
export type GridTable = Readonly<{
  row: GridRow;
  verdict: Verdict;
  checks: readonly CheckJudgement[];
  coverage: readonly CoverageSeries[];
  rows: readonly RowsOfDay[];
  /** What run history says of each day. */
  history: ReadonlyMap<Day, DayHistory>;
}>;

/** What became of each expected day of a season, table by table in the order of the pipeline file. */
export type SeasonGrid = Readonly<{
  range: SeasonRange;
  readAt: Instant;
  calendar: Calendar;
  tables: readonly GridTable[];
}>;

/** Keeps of a judged table what a reader of its days may ask for. */
export function gridTable(row: GridRow, judgement: TableJudgement, facts: TableFacts): GridTable {
  return {
    row,
    verdict: judgement.verdict,
    checks: judgement.checks,
    coverage: featureCoverage(facts),
    rows: rowsOfDays(facts),
    history: facts.history,
  };
}

/** What blocks a table and names no day: its days may all be VERIFIED, and it does not pass. */
export function refusedAsWhole({ checks }: GridTable): GridTable['checks'] {
  return checks.filter((check) => isBlocking(check, 'FAIL') && check.days.length === 0);
}
