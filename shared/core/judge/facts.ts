import type { DaySet } from '../day-set.ts';
import type { Day } from '../days.ts';
import type { TableName } from '../ids.ts';
import type { Table, Waiver } from '../pipeline.ts';
import type { TableProfile } from '../profile.ts';
import type { Schedule } from '../schedule.ts';
import type { Severity, Verdict } from '../verdict.ts';

/** Everything a judgement may look at. Nothing here was taken from what it judges, but the profile. */
export type TableFacts = Readonly<{
  table: Table;
  /** The judged range. */
  from: Day;
  to: Day;
  schedule: Schedule;
  /** The table's expected days in the range. */
  expected: DaySet;
  profile: TableProfile;
  /** Rows a day of other tables, where a check counts against them. */
  rowsOf: ReadonlyMap<TableName, ReadonlyMap<Day, number>>;
  /** Days of the range that have rows, and neither a counted nor an excluded game. */
  unexpected: DaySet;
  /** Days written before something they read changed. */
  stale: DaySet;
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
}>;

export type CheckJudgement = Finding & Readonly<{ id: string; kind: string; severity: Severity }>;

export type TableJudgement = Readonly<{
  table: TableName;
  verdict: Verdict;
  expectedDays: number;
  coveredDays: number;
  checks: readonly CheckJudgement[];
  /** Days on which a blocking check does not hold. */
  badDays: DaySet;
}>;
