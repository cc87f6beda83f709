import type { Check } from '../check.ts';
import { eachDay } from '../day-set.ts';
import type { Day } from '../days.ts';
import type { TableFacts } from '../judge/facts.ts';
import { isUncounted } from '../judge/outcomes.ts';
import { idsOf, numberOf } from '../profile.ts';
import { distinctIds, ROW_COUNT } from '../state-item.ts';

/** Rows of one day, and exactly how many a promise or the schedule asks for; null where nobody knows. */
export type RowsOfDay = Readonly<{ day: Day; rows: number; expected: number | null }>;

/** Of each expected day; none where the warehouse refused to count. */
export function rowsOfDays(facts: TableFacts): readonly RowsOfDay[] {
  if (isUncounted(facts)) return [];
  return [...eachDay(facts.expected)].map((day) => ({
    day,
    rows: numberOf(facts.profile.days.get(day), ROW_COUNT),
    expected: expectedOn(facts, day),
  }));
}

function expectedOn(facts: TableFacts, day: Day): number | null {
  for (const check of facts.table.checks) {
    const expected = promisedBy(check, facts, day);
    if (expected !== null) return expected;
  }
  return null;
}

/** Null where the check bounds the rows of a day, or says nothing of them. */
function promisedBy(check: Check, facts: TableFacts, day: Day): number | null {
  const { schedule, others, rowsOf, table } = facts;
  const games = schedule.games.get(day) ?? [];
  const isOneRow = (...columns: readonly (string | null)[]) =>
    isKeyOfDay(
      table,
      columns.filter((column) => column !== null),
    );
  switch (check.kind) {
    case 'row-count': {
      const { per } = check;
      if (per.of === 'game')
        return per.atLeast === per.atMost && per.atLeast !== null
          ? per.atLeast * games.length
          : null;
      if (per.of === 'range' || per.atLeast?.text !== '100' || per.atMost?.text !== '100')
        return null;
      return rowsOf.get(per.table)?.get(day) ?? null;
    }
    case 'grain-coverage': {
      if (!isOneRow(check.game, check.team)) return null;
      if (check.grain === 'games') return games.length;
      if (check.grain === 'team-games') return 2 * games.length;
      return schedule.teams.get(games[0]?.season ?? Number.NaN)?.size ?? null;
    }
    case 'layer-coverage': {
      if (check.where !== null || !isOneRow(...check.by)) return null;
      const before = others.get(check.of);
      const ids = distinctIds(check.ofBy, check.ofWhere);
      return before === undefined || before.refused.has(ids)
        ? null
        : idsOf(before.days.get(day), ids).size;
    }
    default:
      return null;
  }
}

/** Whether these columns and the day tell one row of the table from any other. */
function isKeyOfDay({ key, dayColumn }: TableFacts['table'], columns: readonly string[]): boolean {
  const own = key.filter((column) => column !== dayColumn);
  return (
    own.length > 0 &&
    own.length === columns.length &&
    own.every((column) => columns.includes(column))
  );
}
