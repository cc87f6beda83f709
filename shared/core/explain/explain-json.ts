import { bridgeForPeople, type Calendar } from '../calendar.ts';
import { type DaySet, formatDaySet } from '../day-set.ts';
import type { Day } from '../days.ts';
import { worst } from '../verdict.ts';
import type { CheckExplanation, TableExplanation } from './explanation.ts';
import type { NextStep } from './next-steps.ts';

/** The shape of `explain --json`. Days are always spans `a..b`, written over days without games. */
export function explainJson(
  from: Day,
  to: Day,
  explained: readonly TableExplanation[],
  steps: readonly NextStep[],
  calendar: Calendar,
) {
  const spans = (days: DaySet) => formatDaySet(bridgeForPeople(calendar, days));
  const asJson = ({ check, since, chain, root, alike }: CheckExplanation) => ({
    id: check.id,
    kind: check.kind,
    verdict: check.verdict,
    severity: check.severity,
    message: check.message,
    days: spans(check.days),
    since,
    samples: check.samples ?? [],
    chain: chain.map((cause) => ({ ...cause, days: spans(cause.days) })),
    root: 'days' in root ? { ...root, days: spans(root.days) } : root,
    alike: alike.map(({ id }) => id),
  });
  return {
    verdict: worst(explained.map(({ verdict }) => verdict)),
    range: `${from}..${to}`,
    tables: explained.map(({ table, verdict, checks }) => ({
      table,
      verdict,
      checks: checks.map(asJson),
    })),
    next: steps,
  };
}
