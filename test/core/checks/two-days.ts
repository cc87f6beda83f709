import type { Check } from '../../../shared/core/check.ts';
import { kindOf } from '../../../shared/core/checks/kinds.ts';
import type { Day } from '../../../shared/core/days.ts';
import { parseTableName } from '../../../shared/core/ids.ts';
import { parsePercent } from '../../../shared/core/percent.ts';
import type { DayProfile, ItemValue, TableProfile } from '../../../shared/core/profile.ts';
import { itemName, ROW_COUNT, type StateItem } from '../../../shared/core/state-item.ts';
import { checkOf, D1, D2, facts } from '../table-facts.ts';

/** What was read of a day, in the order in which the check asks for it; null: the day has no rows. */
export type Answers = readonly ItemValue[] | null;
type TwoDays = readonly [first: Answers, second?: Answers];

export const OTHER = parseTableName('raw.other');
export const WHOLE = {
  atLeast: parsePercent(100),
  perDay: parsePercent(100),
  minimumPopulation: 1,
  minimumPerDay: 0,
};
export const ids = (...all: string[]) => all.join('\n');

/** The judgement of one check over 2022-01-01 and 2022-01-02. */
export function judged(check: Check, own: TwoDays, other: TwoDays = [null]) {
  const { own: items, others = [] } = kindOf(check).reads(check);
  const table: TableProfile = {
    table: OTHER,
    days: new Map(daysOf(others[0]?.items ?? [], other)),
    rowsWithoutDay: 0,
    refused: new Map(),
  };
  return checkOf(
    check.id,
    facts([check], daysOf(items, own), { others: new Map([[OTHER, table]]) }),
  );
}

function daysOf(items: readonly StateItem[], answers: TwoDays): [Day, DayProfile][] {
  return [D1, D2].flatMap((day, at): [Day, DayProfile][] => {
    const given = answers[at] ?? null;
    if (given === null) return [];
    const values = items.map((item, index) => [itemName(item), given[index] ?? null] as const);
    return [[day, { values: { [ROW_COUNT]: 1, ...Object.fromEntries(values) } }]];
  });
}
