import type { DaySet } from '../day-set.ts';
import type { Day } from '../days.ts';
import type { TableName } from '../ids.ts';
import type { Finding, TableFacts, TableJudgement } from '../judge/facts.ts';
import type { CalendarSpec, Pipeline } from '../pipeline.ts';
import type { Relation } from '../relation.ts';
import type { StateItem } from '../state-item.ts';
import type { SqlExpression } from './base.ts';

/** Everything one check rests on: when an item was refused, the check is UNKNOWN. */
export type Reads = Readonly<{
  own: readonly StateItem[];
  /** Items of other relations, on the same days. */
  others?: readonly Readonly<{ relation: TableName; items: readonly StateItem[] }>[];
  /** Relations whose row counts a day are enough; those cost nothing. */
  rowsOf?: readonly TableName[];
}>;

/** The relations that are looked at beside the judged one. */
export function relationsRead({ own, others = [], rowsOf = [] }: Reads): readonly TableName[] {
  const asked = own.flatMap((item) => (item.kind === 'question' ? item.question.reads : []));
  return [...others.map(({ relation }) => relation), ...rowsOf, ...asked];
}

/** Facts with the one question that a comparison with the past may ask. */
export type CheckFacts = TableFacts &
  Readonly<{
    /** Why these days may not serve as a baseline; null when every blocking check holds on them. */
    whyNoBaseline: (days: DaySet) => string | null;
    /** What all other checks of the table found; null while those are judged. */
    soFar: TableJudgement | null;
  }>;

/** Those of `where` on which `holds` is not true, or that are there more than once on a day by these columns. */
export type BreakingRows =
  | Readonly<{ where: SqlExpression | null; holds: SqlExpression }>
  | Readonly<{ repeated: readonly string[] }>;

/** What is expected of a relation, and when. */
export type ExpectedOf = Pick<TableFacts, 'schedule' | 'table'>;

/** A kind of check: the state it needs, and its pure judgement of that state. */
export type CheckKind<Check> = Readonly<{
  reads(check: Check): Reads;
  /** Declared columns that it names outside of SQL texts. */
  columns(check: Check): readonly string[];
  /** What makes it senseless whatever the data: bounds that can never fail, dangling names. */
  problems?(check: Check, relation: Relation, pipeline: Pipeline): readonly string[];
  judge(check: Check, facts: CheckFacts, days: readonly Day[]): Finding;
  /** Rows on which it can be seen. */
  rows?(check: Check): BreakingRows;
  /** Compares with the past or with chance: it may only warn. */
  isStatistical?: boolean;
  /** Those of the expected days for which it promises something; none: it does not apply. Default: all. */
  promised?(check: Check, facts: ExpectedOf, days: DaySet): DaySet;
  /** Judges what the other checks found: it comes after all of them. */
  isJudgedLast?: boolean;
  /** Judges the last launch and no day: it says nothing of a baseline. */
  isOfLastLaunch?: boolean;
  /** Those of the expected days of which it reads its own items; it judges the days that have them. Default: all. */
  sample?(check: Check, facts: ExpectedOf, days: DaySet): DaySet;
  /** Earlier days that the judgement of `days` looks at, beside `days` themselves. */
  baseline?(check: Check, facts: ExpectedOf, days: DaySet): DaySet;
  /** With a baseline: the first day whose schedule must be known to judge days from `from` on. */
  looksBackTo?(check: Check, calendar: CalendarSpec, from: Day): Day;
}>;
