import type { Day } from './days.ts';
import type { PhaseName, RunId, TableName } from './ids.ts';
import type { TableFacts, TableJudgement } from './judge/facts.ts';
import type { Policy } from './policy.ts';
import type { Instant } from './run.ts';
import type { Verdict } from './verdict.ts';

/** A statement that a gate ran: text, parameters, job, and bytes predicted, processed and billed. */
export type EvidenceStatement = Readonly<{
  purpose: string;
  sql: string;
  params: Readonly<
    Record<string, Readonly<{ type: string; value: string | number | boolean | null }>>
  >;
  jobId: string;
  bytesPredicted: number;
  bytesProcessed: number;
  bytesBilled: number;
}>;

/** One table of a gate: what was found of it, and everything that this rests on. */
export type TableEvidence = Readonly<{ judgement: TableJudgement; facts: TableFacts }>;

/** What one gate kept. It needs nothing else to be judged again: no warehouse, no pipeline file. */
export type GateEvidence = Readonly<{
  /** Letters, digits, `-` and `_`; unique for ever. */
  id: string;
  /** Null for a gate that a person ran by hand. */
  run: RunId | null;
  pipeline: string;
  /** Hash of the pipeline definition. */
  definition: string;
  policy: Policy;
  from: Day;
  to: Day;
  /** What was asked for, where it was not everything: a gate that the pipeline declares, a phase, a table. */
  gate: string | null;
  phase: PhaseName | null;
  table: TableName | null;
  startedAt: Instant;
  endedAt: Instant;
  /** Tells the code that judged from any other. */
  codeVersion: string;
  requestedBy: string;
  verdict: Verdict;
  /** Why nothing could be judged; null when it could. */
  trouble: string | null;
  /** In the order of the pipeline file. */
  tables: readonly TableEvidence[];
  statements: readonly EvidenceStatement[];
}>;

/** An evidence as it is kept, and the SHA-256 of its content. */
export type EvidenceText = Readonly<{ text: string; sha256: string }>;
