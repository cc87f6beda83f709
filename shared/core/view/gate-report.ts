import type { Day } from '../days.ts';
import type { EvidenceStatement } from '../evidence.ts';
import type { NextStep } from '../explain/next-steps.ts';
import type { FailingRows } from '../failing-rows.ts';
import type { TableFacts, TableJudgement } from '../judge/facts.ts';
import type { Pipeline } from '../pipeline.ts';
import type { Policy } from '../policy.ts';
import type { Schedule } from '../schedule.ts';
import { type Verdict, worst } from '../verdict.ts';

/** Everything that a gate found, before anybody formats it. */
export type GateReport = Readonly<{
  /** The evidence id. */
  id: string;
  /** The named gate; null when tables were chosen otherwise. */
  gate: string | null;
  pipeline: Pipeline;
  /** The definition's hash. */
  definition: string;
  policy: Policy;
  from: Day;
  to: Day;
  schedule: Schedule;
  tables: readonly Readonly<{ facts: TableFacts; judgement: TableJudgement }>[];
  failingRows: readonly FailingRows[];
  statements: readonly EvidenceStatement[];
  next: readonly NextStep[];
}>;

export function verdictOfGate({ tables }: Pick<GateReport, 'tables'>): Verdict {
  return worst(tables.map(({ judgement }) => judgement.verdict));
}
