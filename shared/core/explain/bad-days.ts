import { type DaySet, daySetOf, eachDay, isEmpty, subtract, union } from '../day-set.ts';
import type { TableName } from '../ids.ts';
import { type CheckJudgement, isBlocking } from '../judge/facts.ts';
import { tableNamed } from '../pipeline.ts';
import { numberOf } from '../profile.ts';
import { ROW_COUNT } from '../state-item.ts';
import { comparedWith, type Judged, type Surroundings } from './surroundings.ts';

/** A blocking check that fails, and the days on which its own relation is to blame for it. */
export type BadCheck = Readonly<{ id: string; message: string; days: DaySet }>;

/**
 * The blocking checks of a relation that fail. Where a check compares with another relation, days
 * on which that one is bad by itself are the other's, not this one's. A relation that does not exist
 * is bad on every day.
 */
export function badChecks(around: Surroundings, judged: Judged): readonly BadCheck[] {
  const { facts, judgement } = judged;
  if (facts.actualColumns === null) {
    const message = `there is no table ${judgement.table}`;
    return [{ id: 'schema', message, days: facts.expected }];
  }
  return blocking(judged).flatMap(({ id, message, days }) => {
    const others = comparisonsOf(judged, id).filter((name) => name !== judgement.table);
    const blamed = others.map((name) => badByItself(around.relations.get(name)));
    const own = subtract(days, union(...blamed));
    return isEmpty(own) ? [] : [{ id, message, days: own }];
  });
}

/** The days of a table on which it has no row and no launch was ever recorded. None for a source. */
export function neverRanDays({ pipeline }: Surroundings, { facts }: Judged): DaySet {
  if (tableNamed(pipeline, facts.table.name) === undefined) return [];
  const { expected, history, profile } = facts;
  return daySetOf(
    [...eachDay(expected)].filter(
      (day) => !history.has(day) && numberOf(profile.days.get(day), ROW_COUNT) === 0,
    ),
  );
}

/** The relations that this check of a relation compares it with. */
export function comparisonsOf({ facts }: Judged, id: string): readonly TableName[] {
  const check = facts.table.checks.find((each) => each.id === id);
  return check === undefined ? [] : comparedWith(check);
}

function badByItself(judged: Judged | undefined): DaySet {
  if (judged === undefined) return [];
  const own = blocking(judged).filter(({ id }) => comparisonsOf(judged, id).length === 0);
  return union(...own.map(({ days }) => days));
}

function blocking({ judgement }: Judged): readonly CheckJudgement[] {
  return judgement.checks.filter((check) => isBlocking(check, 'FAIL') && !isEmpty(check.days));
}
