import type { DaySpan } from '../day-set.ts';
import type { Percent } from '../percent.ts';
import type { Severity } from '../verdict.ts';

/** A GoogleSQL condition or number over one row of the table. Comes only from the pipeline file. */
export type SqlExpression = string;

export type Base = Readonly<{
  /** Unique within its table; what reports, waivers and evidence call it. */
  id: string;
  severity: Severity;
  /** The check counts only in a gate whose range covers this span whole; null: always. */
  applies: DaySpan | null;
}>;

/** A share over the range and on each day, and how much there must be for it to show anything. */
export type Thresholds = Readonly<{
  atLeast: Percent;
  perDay: Percent;
  /** Fewer eligible rows in the range than this show nothing: UNKNOWN. At least 1. */
  minimumPopulation: number;
  /** A day with rows and fewer eligible ones than this shows nothing: UNKNOWN. 0: any day will do. */
  minimumPerDay: number;
}>;

/** Share of the rows of `where` on which something holds. */
export type Share = Base & Thresholds & Readonly<{ where: SqlExpression | null }>;
