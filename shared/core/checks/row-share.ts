import type { Day } from '../days.ts';
import { judgeShareOf } from '../judge/share-of.ts';
import { numberOf } from '../profile.ts';
import { countWhere, type Measure, measure, ROW_COUNT } from '../state-item.ts';
import type { Share, SqlExpression } from './base.ts';
import type { CheckKind } from './kind.ts';

/** What differs between the kinds that ask on how many eligible rows something holds. */
type RowShare<Check> = Readonly<{
  columns: (check: Check) => readonly string[];
  holds: (check: Check) => SqlExpression;
  /** The promise, as a person would say it. */
  says: (check: Check) => string;
  problems?: CheckKind<Check>['problems'];
}>;

/** A kind of check over the rows of `where`, one by one: read as two counts in the fused scan. */
export function rowShare<Check extends Share>(kind: RowShare<Check>): CheckKind<Check> {
  const measures = (check: Check) => countsOf(check.where, kind.holds(check));
  return {
    reads: (check) => {
      const { population, holds } = measures(check);
      return { own: [measure(ROW_COUNT), measure(population), measure(holds)] };
    },
    columns: kind.columns,
    ...(kind.problems === undefined ? {} : { problems: kind.problems }),
    rows: (check) => ({ where: check.where, holds: kind.holds(check) }),
    judge: (check, { profile }, days) => {
      const { population, holds } = measures(check);
      const countedOn = (day: Day) => {
        const state = profile.days.get(day);
        return state === undefined
          ? null
          : { eligible: numberOf(state, population), holds: numberOf(state, holds) };
      };
      const where = check.where === null ? '' : ` where ${check.where}`;
      return judgeShareOf(check, days, countedOn, 'rows', `${kind.says(check)}${where}`);
    },
  };
}

/** What such a check reads: eligible rows, and those of them on which it holds. */
export function countsOf(
  where: SqlExpression | null,
  holds: SqlExpression,
): Readonly<{ population: Measure; holds: Measure }> {
  return where === null
    ? { population: ROW_COUNT, holds: countWhere(`(${holds})`) }
    : { population: countWhere(`(${where})`), holds: countWhere(`(${where}) AND (${holds})`) };
}
