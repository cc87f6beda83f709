import { bridgeForPeople, type Calendar } from '../core/calendar.ts';
import { formatDaySet, isEmpty, NO_DAYS, union } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import type { EvidenceText, GateEvidence } from '../core/evidence.ts';
import type { TableJudgement } from '../core/judge/facts.ts';
import { type Verdict, weigh } from '../core/verdict.ts';
import type { Row } from '../ports/warehouse.ts';
import type { Assessment } from './assess.ts';

export type EvidenceHead = Readonly<{
  evidence: string;
  /** Null for a gate that a person ran by hand. */
  run: string | null;
  from: Day;
  to: Day;
  at: string;
}>;

/** One row for each check, as `phasegate.validation_results` keeps them: in the order in which they were judged. */
export function evidenceRows(
  judgements: readonly TableJudgement[],
  calendar: Calendar,
  { evidence, run, from, to, at }: EvidenceHead,
): readonly Row[] {
  return judgements.flatMap(({ table, checks }) =>
    checks.map((check, index) => ({
      evidence,
      run,
      table_name: table,
      position: index + 1,
      check_id: check.id,
      kind: check.kind,
      severity: check.severity,
      verdict: check.verdict,
      observed: check.observed,
      expected: check.expected,
      days: formatDaySet(bridgeForPeople(calendar, check.days)).join(','),
      message: check.message,
      range_from: from,
      range_to: to,
      judged_on: at.slice(0, 10),
      judged_at: at,
    })),
  );
}

/** One row for each table with good days, as `phasegate.verified_days` keeps them. A part of a table's checks says of no day that it is good. */
export function verifiedRows(
  tables: Assessment['tables'],
  calendar: Calendar,
  { evidence, at }: Pick<EvidenceHead, 'evidence' | 'at'>,
): readonly Row[] {
  return tables.flatMap(({ facts: { table }, outcomes }) => {
    const days = union(outcomes.VERIFIED ?? NO_DAYS, outcomes.EMPTY_OK ?? NO_DAYS);
    if (table.told !== undefined || isEmpty(days)) return [];
    const spans = formatDaySet(bridgeForPeople(calendar, days)).join(',');
    const judged = { judged_at: at, judged_on: at.slice(0, 10) };
    return [{ evidence, table_name: table.name, days: spans, ...judged }];
  });
}

/** The row of a gate in `phasegate.validation_runs`. A check counts under what it means for the gate. */
export function runRow(evidence: GateEvidence, { sha256 }: EvidenceText): Row {
  const { tables, statements } = evidence;
  const verdicts = tables.flatMap(({ judgement }) =>
    judgement.checks.map(({ verdict, severity }) => weigh(verdict, severity)),
  );
  const count = (wanted: Verdict) => verdicts.filter((verdict) => verdict === wanted).length;
  const bytes = (field: 'bytesPredicted' | 'bytesProcessed' | 'bytesBilled') =>
    statements.reduce((sum, statement) => sum + statement[field], 0);
  return {
    evidence: evidence.id,
    evidence_sha256: sha256,
    run: evidence.run,
    pipeline: evidence.pipeline,
    definition: evidence.definition,
    policy: evidence.policy,
    range_from: evidence.from,
    range_to: evidence.to,
    gate: evidence.gate,
    phase: evidence.phase,
    table_name: evidence.table,
    verdict: evidence.verdict,
    message: evidence.trouble,
    tables: tables.length,
    total_checks: verdicts.length,
    passed_checks: count('PASS'),
    warned_checks: count('WARN'),
    failed_checks: count('FAIL'),
    unknown_checks: count('UNKNOWN'),
    bytes_predicted: bytes('bytesPredicted'),
    bytes_processed: bytes('bytesProcessed'),
    bytes_billed: bytes('bytesBilled'),
    started_at: evidence.startedAt,
    ended_at: evidence.endedAt,
    code_version: evidence.codeVersion,
    requested_by: evidence.requestedBy,
    judged_on: evidence.startedAt.slice(0, 10),
  };
}
