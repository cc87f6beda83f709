import type { GateEvidence } from '../../shared/core/evidence.ts';
import type { TableFacts } from '../../shared/core/judge/facts.ts';
import { judgeTable } from '../../shared/core/judge/judge-table.ts';
import { worst } from '../../shared/core/verdict.ts';
import { D1, D2 } from './table-facts.ts';

/** What a gate by hand over these tables keeps. */
export function evidenceOf(
  tables: readonly TableFacts[],
  more: Partial<GateEvidence> = {},
): GateEvidence {
  const judged = tables.map((each) => ({ facts: each, judgement: judgeTable(each) }));
  return {
    id: 'gate-1',
    run: null,
    pipeline: 'tiny',
    definition: '0123456789abcdef',
    policy: 'backfill',
    from: D1,
    to: D2,
    gate: null,
    phase: null,
    table: null,
    startedAt: '2022-02-01T12:00:00.000Z',
    endedAt: '2022-02-01T12:00:03.250Z',
    codeVersion: '0.1.0+5d41402abc4b',
    requestedBy: 'ana',
    verdict: worst(judged.map(({ judgement }) => judgement.verdict)),
    trouble: null,
    tables: judged,
    statements: [],
    ...more,
  };
}
