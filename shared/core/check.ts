import type { DaySpan } from './day-set.ts';
import type { TableName } from './ids.ts';
import type { Percent } from './percent.ts';
import type { Severity } from './verdict.ts';

/** A GoogleSQL condition or number over one row of the table. Comes only from the pipeline file. */
export type SqlExpression = string;

type Base = Readonly<{
  /** Unique within its table; what reports, waivers and evidence call it. */
  id: string;
  severity: Severity;
  /** The check counts only in a gate whose range covers this span whole; null: always. */
  applies: DaySpan | null;
}>;

/** Share of the rows of `where` on which something holds; over the range and on each day. */
type Share = Base & Readonly<{ where: SqlExpression | null; atLeast: Percent; perDay: Percent }>;

/** Expected days of the schedule on which the table has at least one row. */
export type DayCoverage = Base & Readonly<{ kind: 'day-coverage'; atLeast: Percent }>;

/**
 * Expected units that are really there, by identity, against the schedule:
 * `games`: each final game; `team-games`: both sides of each final game; `teams`: every team of
 * the season on each expected day.
 */
export type GrainCoverage = Base &
  Readonly<{
    kind: 'grain-coverage';
    grain: 'games' | 'team-games' | 'teams';
    game: string | null;
    team: string | null;
    atLeast: Percent;
    perDay: Percent;
  }>;

/** Rows: of the whole range, per final game of a day, or against another table's rows of the same days. */
export type RowCount = Base &
  Readonly<{
    kind: 'row-count';
    per:
      | Readonly<{ of: 'range'; atLeast: number | null; atMost: number | null }>
      | Readonly<{ of: 'game'; atLeast: number | null; atMost: number | null }>
      | Readonly<{
          of: 'table';
          table: TableName;
          atLeast: Percent | null;
          atMost: Percent | null;
        }>;
  }>;

/** Distinct games over the range; a game has one day, so days add up. */
export type DistinctGames = Base &
  Readonly<{ kind: 'distinct-games'; game: string; atLeast: number }>;

export type NotNull = Share & Readonly<{ kind: 'not-null'; column: string }>;

/** No two rows of a day share a key, no key column is NULL. */
export type Unique = Base & Readonly<{ kind: 'unique'; columns: readonly string[] }>;

/** `min` ≤ column ≤ `max`. A NULL is in no range: it counts against the check unless `where` leaves it out. */
export type Range = Share &
  Readonly<{ kind: 'range'; column: string; min: number | null; max: number | null }>;

/** Share of rows whose column is one of these values, e.g. quality tiers gold and silver. */
export type CategoryShare = Share &
  Readonly<{ kind: 'category-share'; column: string; values: readonly string[] }>;

/** |left − right| ≤ tolerance on each row. */
export type Identity = Share &
  Readonly<{ kind: 'identity'; left: SqlExpression; right: SqlExpression; tolerance: number }>;

/** Rows fit for use by our own reading of tier, score and issues, whatever the row says of itself. */
export type ProductionReady = Share &
  Readonly<{ kind: 'production-ready'; tier: string; score: string; issues: string }>;

export type ShareCheck = NotNull | Range | CategoryShare | Identity | ProductionReady;
export type Check = DayCoverage | GrainCoverage | RowCount | DistinctGames | Unique | ShareCheck;
