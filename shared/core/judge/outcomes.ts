import type { DayHistory } from '../day-history.ts';
import { type DaySet, daySetOf, eachDay, hasDay, isEmpty, union } from '../day-set.ts';
import type { Day } from '../days.ts';
import type { Outcome, OutcomeDays } from '../outcome.ts';
import { numberOf } from '../profile.ts';
import { itemName, measure, ROW_COUNT } from '../state-item.ts';
import { type CheckJudgement, isBlocking, type TableFacts, type TableJudgement } from './facts.ts';

const INCOMPLETE_KINDS = ['day-coverage', 'grain-coverage', 'layer-coverage', 'row-count'];

/** What the checks say of the days that have rows. */
type Found = Readonly<Record<'partial' | 'stale' | 'bad' | 'unjudged', DaySet>>;

/** Sorts the expected days of a judged table by what became of them. A day whose rows could not be counted is not empty. */
export function outcomesOf(
  facts: TableFacts,
  judgement: TableJudgement,
  history: ReadonlyMap<Day, Pick<DayHistory, 'status'>>,
): OutcomeDays {
  const failing = judgement.checks.filter((check) => isBlocking(check, 'FAIL'));
  const partial = union(
    ...failing.filter(({ kind }) => INCOMPLETE_KINDS.includes(kind)).map((check) => check.days),
  );
  const unjudged = daysUnjudged(judgement.checks, facts.expected);
  const found = { partial, stale: facts.stale, bad: judgement.badDays, unjudged };
  const uncounted = isUncounted(facts);
  const days = new Map<Outcome, Day[]>();
  for (const day of eachDay(facts.expected)) {
    const rows = numberOf(facts.profile.days.get(day), ROW_COUNT);
    const outcome =
      uncounted && rows === 0 ? 'UNJUDGED' : outcomeOf(day, rows, history.get(day), found);
    days.set(outcome, [...(days.get(outcome) ?? []), day]);
  }
  return Object.fromEntries([...days].map(([outcome, all]) => [outcome, daySetOf(all)]));
}

/** Whether the warehouse refused to count the rows: a day without any is then not known to be empty. */
export function isUncounted({ profile }: Pick<TableFacts, 'profile'>): boolean {
  return profile.refused.has(itemName(measure(ROW_COUNT)));
}

/** The days of each blocking check that could not be evaluated; all of these when it names none. */
function daysUnjudged(checks: readonly CheckJudgement[], expected: DaySet): DaySet {
  const open = checks.filter((check) => isBlocking(check, 'UNKNOWN'));
  return union(...open.map(({ days }) => (isEmpty(days) ? expected : days)));
}

function outcomeOf(
  day: Day,
  rows: number,
  history: Pick<DayHistory, 'status'> | undefined,
  { partial, stale, bad, unjudged }: Found,
): Outcome {
  if (rows === 0) {
    if (history === undefined) return 'NEVER_RAN';
    if (history.status === 'success') return 'EMPTY_SUSPECT';
    return history.status === 'failed' ? 'FAILED' : 'NEVER_RAN';
  }
  if (hasDay(partial, day)) return 'PARTIAL';
  if (hasDay(stale, day)) return 'STALE';
  if (hasDay(bad, day)) return 'FAILED';
  return hasDay(unjudged, day) ? 'UNJUDGED' : 'VERIFIED';
}
