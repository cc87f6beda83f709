import type { Day } from '../days.ts';
import { judgeShareOf } from '../judge/share-of.ts';
import type { Measure } from '../state-item.ts';
import { type Grouping, groupsItem, ownGroupingProblems, readGroups } from './grouping.ts';
import type { CheckKind } from './kind.ts';

/** What differs between the kinds that ask for how many groups of rows something holds. */
type GroupShare<Check> = Readonly<{
  values: (check: Check) => readonly Measure[];
  /** How the values break the promise, for a person; the empty text says it without words; null: they keep it. */
  breaks: (check: Check, values: readonly (number | null)[]) => string | null;
  /** The promise, as a person would say it. */
  says: (check: Check) => string;
  problems?: (check: Check) => readonly string[];
}>;

/** A kind of check over groups of rows, one by one. A group without a name never keeps a promise. */
export function groupShare<Check extends Grouping>(kind: GroupShare<Check>): CheckKind<Check> {
  const itemOf = (check: Check) => groupsItem(check, kind.values(check));
  return {
    reads: (check) => ({ own: [itemOf(check)] }),
    columns: ({ by }) => by,
    problems: (check, relation) => [
      ...ownGroupingProblems(relation, check.by),
      ...(kind.problems?.(check) ?? []),
    ],
    judge: (check, { profile }, days) => {
      const item = itemOf(check);
      const countedOn = (day: Day) => {
        const state = profile.days.get(day);
        if (state === undefined) return null;
        const groups = readGroups(state, item);
        const breaking = groups.flatMap(({ key, values }) => {
          if (key === null) return [`a NULL in ${check.by.join(', ')}`];
          const how = kind.breaks(check, values);
          return how === null ? [] : [how === '' ? key : `${key}: ${how}`];
        });
        return { eligible: groups.length, holds: groups.length - breaking.length, breaking };
      };
      const where = check.where === null ? '' : ` where ${check.where}`;
      return judgeShareOf(check, days, countedOn, check.unit, `${kind.says(check)}${where}`);
    },
  };
}
