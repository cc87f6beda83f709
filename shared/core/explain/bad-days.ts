import { type DaySet, daySetOf, eachDay, isEmpty, subtract, union } from '../day-set.ts';
import type { TableName } from '../ids.ts';
import { type CheckJudgement, isBlocking } from '../judge/facts.ts';
import { sourceNamed, tableNamed } from '../pipeline.ts';
import { daysWithoutRows } from '../plan-lacks.ts';
import { numberOf } from '../profile.ts';
import { ROW_COUNT } from '../state-item.ts';
import { comparedWith, type Judged, type Surroundings } from './surroundings.ts';

/**
 * A blocking check that fails, and the days on which its own relation is to blame for it. `id` is null for
 * the days that have no row, whatever the checks say.
 */
export type BadCheck = Readonly<{ id: string | null; message: string; days: DaySet }>;

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

/** The expected days on which a source has no row, judged or not. None for a table: its own checks tell. */
export function lackOf(around: Surroundings, name: TableName): BadCheck {
  const source = sourceNamed(around.pipeline, name);
  const message = around.relations.has(name)
    ? `no blocking check of ${name} fails there`
    : `nobody judges ${name}`;
  const days =
    source === undefined ? [] : daysWithoutRows(around.calendar, around.daysWithRows(source));
  return { id: null, message, days };
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
