import { expectedDays } from '../../../shared/core/calendar.ts';
import type { Check } from '../../../shared/core/check.ts';
import { kindOf } from '../../../shared/core/checks/kinds.ts';
import { type DaySpan, daySetOf } from '../../../shared/core/day-set.ts';
import { addDays, type Day } from '../../../shared/core/days.ts';
import type { TableFacts } from '../../../shared/core/judge/facts.ts';
import type { DayProfile, ItemValue } from '../../../shared/core/profile.ts';
import { type Game, scheduleOf } from '../../../shared/core/schedule.ts';
import { itemName } from '../../../shared/core/state-item.ts';
import { day, table } from '../build.ts';
import { checkOf, dayWith, facts, spec } from '../table-facts.ts';

export const LENGTH = 30;
export const STARTS = { 2021: day('2021-11-01'), 2022: day('2022-11-03') } as const;
export const seasonStarts = [
  { season: 2021, start: STARTS[2021] },
  { season: 2022, start: STARTS[2022] },
];

/** Thirty days in a row from the start of the season. */
export const SEASON = {
  2021: { from: STARTS[2021], to: addDays(STARTS[2021], LENGTH - 1) },
  2022: { from: STARTS[2022], to: addDays(STARTS[2022], LENGTH - 1) },
} as const;
export const BOTH: DaySpan = { from: SEASON[2021].from, to: SEASON[2022].to };

/** The n-th day of a season, from 0 on. */
export const nth = (season: keyof typeof STARTS, n: number): Day => addDays(STARTS[season], n);

/** Two games on each day of both seasons. */
export const schedule = scheduleOf(
  { ...spec, seasonStarts },
  ([2021, 2022] as const).flatMap((season) =>
    Array.from({ length: 2 * LENGTH }, (_, n): Game => {
      const on = nth(season, n >> 1);
      const id = `${on}-${n % 2}`;
      return { id, day: on, season, type: 'regular', home: `H${n % 2}`, away: `A${n % 2}` };
    }),
  ),
);

/** What a check reads of one day, in the order in which it asks; null: a day without rows. */
export type Answers = readonly ItemValue[] | null;

/** Facts of a table over a range of these seasons, of which each day answers as told. */
export function factsOf(
  checks: readonly Check[],
  range: DaySpan,
  answer: (check: Check, on: Day) => Answers,
  more: Partial<TableFacts> = {},
  bootstrapDays = 0,
): TableFacts {
  const all = schedule.calendar.seasons.flatMap(({ start }) =>
    Array.from({ length: LENGTH }, (_, n) => addDays(start, n)),
  );
  const days = all.flatMap((on): [Day, DayProfile][] => {
    const values = checks.map((check) => [check, answer(check, on)] as const);
    if (values.some(([, given]) => given === null)) return [];
    const entries = values.flatMap(([check, given]) =>
      kindOf(check)
        .reads(check)
        .own.map((item, at) => [itemName(item), given?.[at] ?? null] as const),
    );
    return [[on, dayWith(10, Object.fromEntries(entries))]];
  });
  return facts(checks, days, {
    table: table('a.t', [], { checks, bootstrapDays }),
    from: range.from,
    to: range.to,
    schedule,
    expected: expectedDays(schedule.calendar, [range], bootstrapDays),
    ...more,
  });
}

/** The judgement of one check over a range; undefined when it does not apply. */
export const judged = (
  check: Check,
  range: DaySpan,
  answer: (on: Day, at: number) => Answers,
  bootstrapDays = 0,
) => {
  const numbers = new Map(
    schedule.calendar.seasons.flatMap(({ start }) =>
      Array.from({ length: LENGTH }, (_, n) => [addDays(start, n), n] as const),
    ),
  );
  const days = (_: Check, on: Day) => answer(on, numbers.get(on)!);
  return checkOf(check.id, factsOf([check], range, days, {}, bootstrapDays));
};

export const daysOf = (...days: readonly Day[]) => daySetOf(days);
