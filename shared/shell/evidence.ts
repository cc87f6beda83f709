import { bridgeForPeople, type Calendar } from '../core/calendar.ts';
import { formatDaySet } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import type { TableJudgement } from '../core/judge/facts.ts';
import type { Row } from '../ports/warehouse.ts';

export type EvidenceHead = Readonly<{
  evidence: string;
  /** Null for a gate that a person ran by hand. */
  run: string | null;
  from: Day;
  to: Day;
  at: string;
}>;

/** One row for each check, as `phasegate.validation_results` keeps them. */
export function evidenceRows(
  judgements: readonly TableJudgement[],
  calendar: Calendar,
  { evidence, run, from, to, at }: EvidenceHead,
): readonly Row[] {
  return judgements.flatMap(({ table, checks }) =>
    checks.map((check) => ({
      evidence,
      run,
      table_name: table,
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
