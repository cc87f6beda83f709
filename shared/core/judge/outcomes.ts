import type { DayHistory } from '../day-history.ts';
import { type DaySet, daySetOf, eachDay, hasDay, union } from '../day-set.ts';
import type { Day } from '../days.ts';
import type { Outcome, OutcomeDays } from '../outcome.ts';
import { numberOf } from '../profile.ts';
import { ROW_COUNT } from '../state-item.ts';
import type { TableFacts, TableJudgement } from './facts.ts';

const INCOMPLETE_KINDS = ['day-coverage', 'grain-coverage', 'layer-coverage', 'row-count'];

/** Sorts the expected days of a judged table by what became of them. */
export function outcomesOf(
  facts: TableFacts,
  judgement: TableJudgement,
  history: ReadonlyMap<Day, Pick<DayHistory, 'status'>>,
): OutcomeDays {
  const failing = judgement.checks.filter(
    ({ verdict, severity }) => verdict === 'FAIL' && severity === 'block',
  );
  const partial = union(
    ...failing.filter(({ kind }) => INCOMPLETE_KINDS.includes(kind)).map((check) => check.days),
  );
  const days = new Map<Outcome, Day[]>();
  for (const day of eachDay(facts.expected)) {
    const rows = numberOf(facts.profile.days.get(day), ROW_COUNT);
    const outcome = outcomeOf(day, rows, history.get(day), facts.stale, partial, judgement.badDays);
    days.set(outcome, [...(days.get(outcome) ?? []), day]);
  }
  return Object.fromEntries([...days].map(([outcome, all]) => [outcome, daySetOf(all)]));
}

function outcomeOf(
  day: Day,
  rows: number,
  history: Pick<DayHistory, 'status'> | undefined,
  stale: DaySet,
  partial: DaySet,
  bad: DaySet,
): Outcome {
  if (rows === 0) {
    if (history === undefined) return 'NEVER_RAN';
    if (history.status === 'success') return 'EMPTY_SUSPECT';
    return history.status === 'failed' ? 'FAILED' : 'NEVER_RAN';
  }
  if (hasDay(partial, day)) return 'PARTIAL';
  if (hasDay(stale, day)) return 'STALE';
  return hasDay(bad, day) ? 'FAILED' : 'VERIFIED';
}
