import type { DaySet } from '../day-set.ts';
import type { Day } from '../days.ts';
import type { TableName } from '../ids.ts';
import type { CheckJudgement } from '../judge/facts.ts';
import type { Verdict } from '../verdict.ts';

/** How the days on which a check does not hold lie among the expected ones. */
export type Since =
  | Readonly<{ shape: 'everywhere' }>
  /** Bad from the first to the last of them; every expected day before and after holds. */
  | Readonly<{ shape: 'unbroken'; from: Day; to: Day }>
  /** Bad without a break from `from` to the end, and on single days before. */
  | Readonly<{ shape: 'onward'; from: Day; daysBefore: number }>
  | Readonly<{ shape: 'scattered'; stretches: number }>;

/** A table or source whose own state is bad on days that the failing days read. */
export type Cause = Readonly<{
  relation: TableName;
  /** Its blocking check that accounts for most failing days; null for a source that has no row on them. */
  check: string | null;
  message: string;
  /** The days on which that check does not hold, or which have no row, as far as they are read. */
  days: DaySet;
  /** Of the days that it is to explain, those that read one of its bad days. */
  explains: number;
  of: number;
  /** Its bad days are among those that it is to explain: no window lies between. */
  onSameDays: boolean;
  /** Days that read one of its bad days and hold nevertheless: the more, the weaker the cause. */
  holdNevertheless: number;
  /** Further relations that are bad on days which the failing days read. */
  further: readonly TableName[];
}>;

/** What run history says of the days of a table. The counts add up to the days. */
export type RunDays = Readonly<{
  neverRan: number;
  running: number;
  failed: number;
  ranEmpty: number;
  ranWithRows: number;
  /** Rows are there and no launch is recorded: somebody else wrote them. */
  writtenByOthers: number;
  /** What failed launches said, each text once. */
  messages: readonly string[];
}>;

/** Where the chain of causes ends. */
export type Root =
  | Readonly<{ kind: 'source'; relation: TableName; file: string | null; days: DaySet }>
  /** Nothing that it reads is bad on these days: its own job, or what is promised of it. */
  | Readonly<{
      kind: 'own';
      relation: TableName;
      days: DaySet;
      runs: RunDays;
      /** What it reads and nobody judges: without checks, or without days. */
      unpromised: readonly TableName[];
    }>
  /** Days of `stale` were written before `relation`, which they read, changed on `days`. */
  | Readonly<{
      kind: 'rewritten';
      relation: TableName;
      days: DaySet;
      stale: TableName;
      staleDays: DaySet;
      at: string;
    }>
  /** No day of the range is expected of it, so nothing could be shown. */
  | Readonly<{ kind: 'unexpected'; relation: TableName; bootstrapDays: number }>
  /** It warns of the range as a whole. */
  | Readonly<{ kind: 'no-days'; relation: TableName }>
  /** The warehouse would not answer, or there is too little to show anything. */
  | Readonly<{ kind: 'unevaluated'; relation: TableName; reason: string }>;

/** One check that does not hold, and why. */
export type CheckExplanation = Readonly<{
  check: CheckJudgement;
  since: Since | null;
  /** What became of the table's own launches on these days; null for a source. */
  runs: RunDays | null;
  /** From the nearest cause to the farthest. */
  chain: readonly Cause[];
  root: Root;
  /** Further checks of the table with the same causes. */
  alike: readonly CheckJudgement[];
}>;

export type TableExplanation = Readonly<{
  table: TableName;
  verdict: Verdict;
  checks: readonly CheckExplanation[];
}>;
