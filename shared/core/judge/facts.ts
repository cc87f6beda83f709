import type { Check } from '../check.ts';
import type { BuiltInKind } from '../checks/built-in.ts';
import type { Column } from '../column.ts';
import type { DayHistory } from '../day-history.ts';
import type { DaySet } from '../day-set.ts';
import type { Day } from '../days.ts';
import type { TableName } from '../ids.ts';
import type { Waiver } from '../pipeline.ts';
import type { TableProfile } from '../profile.ts';
import type { PublishedMetric } from '../published-metric.ts';
import type { Relation } from '../relation.ts';
import type { Schedule } from '../schedule.ts';
import type { ChangedAt } from '../stale.ts';
import type { Severity, Verdict } from '../verdict.ts';

/** Everything a judgement may look at. Nothing here was taken from what it judges, but the profile. */
export type TableFacts = Readonly<{
  table: Relation;
  /** The judged range. */
  from: Day;
  to: Day;
  /** When it is judged, an ISO instant; and the zone in which its days begin. */
  now: string;
  timeZone: string;
  schedule: Schedule;
  /** The table's expected days in the range. */
  expected: DaySet;
  /** Days of the range, and earlier ones that a check compares them with. */
  profile: TableProfile;
  /** What checks asked of other relations, on the same days. */
  others: ReadonlyMap<TableName, TableProfile>;
  /** Rows a day of other tables, where a check counts against them. */
  rowsOf: ReadonlyMap<TableName, ReadonlyMap<Day, number>>;
  /** Days of the range that have rows, and neither a counted nor an excluded game. */
  unexpected: DaySet;
  /** Days written before something they read changed. */
  stale: DaySet;
  /** When each day that has rows last changed, with the warehouse's clock. */
  changedAt: ChangedAt;
  /** What run history says of each day. */
  history: ReadonlyMap<Day, DayHistory>;
  /** Numbers that its jobs published, each of the last launch into the range. */
  metrics: readonly PublishedMetric[];
  /** The columns that the warehouse really has; null when there is no such table. */
  actualColumns: readonly Column[] | null;
  /** Waivers of this table that have not run out. */
  waivers: readonly Waiver[];
}>;

/** What one check found. `days` are the days on which it does not hold. */
export type Finding = Readonly<{
  verdict: Verdict;
  observed: string;
  expected: string;
  days: DaySet;
  message: string;
  /** Keys of some units that break it, where they are known. */
  samples?: readonly string[];
}>;

export type CheckJudgement = Finding &
  Readonly<{
    id: string;
    kind: Check['kind'] | BuiltInKind;
    severity: Severity;
    /** Days of its promise that somebody signed for, where these alone make a WARN of its PASS. */
    waived?: DaySet;
  }>;

export type TableJudgement = Readonly<{
  table: TableName;
  verdict: Verdict;
  expectedDays: number;
  coveredDays: number;
  checks: readonly CheckJudgement[];
  /** Days on which a blocking check does not hold. */
  badDays: DaySet;
}>;

/** Whether a check that blocks came out so. */
export function isBlocking(
  check: Pick<CheckJudgement, 'verdict' | 'severity'>,
  verdict: 'FAIL' | 'UNKNOWN',
): boolean {
  return check.severity === 'block' && check.verdict === verdict;
}

/** Could not be evaluated, and why. */
export function unknown(message: string): Finding {
  return { verdict: 'UNKNOWN', observed: '', expected: '', days: [], message };
}
