import type { GateEvidence, TableEvidence } from '../evidence.ts';
import { type Verdict, worst } from '../verdict.ts';
import type { TableJudgement } from './facts.ts';
import { judgeTable } from './judge-table.ts';

/** One verdict that came out otherwise. `check` is null for the verdict of the table, `table` for that of the gate. */
export type Difference = Readonly<{
  table: string | null;
  check: string | null;
  stored: Verdict | 'nothing';
  again: Verdict | 'nothing';
}>;

export type JudgedAgain = Readonly<{
  verdict: Verdict;
  tables: readonly TableJudgement[];
  /** Empty when the stored evidence and its facts say the same. */
  differences: readonly Difference[];
}>;

/** Judges what a gate kept as if it were found now, and compares every verdict with the stored one. */
export function judgeAgain({ verdict: stored, tables }: GateEvidence): JudgedAgain {
  const judged = tables.map(({ facts }) => judgeTable(facts));
  const verdict = worst(judged.map((table) => table.verdict));
  return {
    verdict,
    tables: judged,
    differences: [
      ...difference(null, null, stored, verdict),
      ...judged.flatMap((again, index) => differencesOf(tables[index]!, again)),
    ],
  };
}

function differencesOf({ judgement }: TableEvidence, again: TableJudgement): readonly Difference[] {
  const { table } = judgement;
  const before = new Map(judgement.checks.map(({ id, verdict }) => [id, verdict]));
  const after = new Map(again.checks.map(({ id, verdict }) => [id, verdict]));
  const ids = [...new Set([...before.keys(), ...after.keys()])];
  return [
    ...difference(table, null, judgement.verdict, again.verdict),
    ...ids.flatMap((id) =>
      difference(table, id, before.get(id) ?? 'nothing', after.get(id) ?? 'nothing'),
    ),
  ];
}

function difference(
  table: string | null,
  check: string | null,
  stored: Difference['stored'],
  again: Difference['again'],
): readonly Difference[] {
  return stored === again ? [] : [{ table, check, stored, again }];
}
