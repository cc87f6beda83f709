import { daySetOf } from '../day-set.ts';
import type { Day } from '../days.ts';
import type { TableName } from '../ids.ts';
import { type Finding, unknown } from '../judge/facts.ts';
import { formatShare, type Percent, reaches, staysWithin } from '../percent.ts';
import { numberOf } from '../profile.ts';
import { measure, ROW_COUNT } from '../state-item.ts';
import type { Base } from './base.ts';
import type { CheckKind } from './kind.ts';

type Counts = Readonly<{ atLeast: number | null; atMost: number | null }>;
type Percents = Readonly<{ atLeast: Percent | null; atMost: Percent | null }>;

/** Rows: of the whole range, per final game of a day, or against another table's rows of the same days. */
export type RowCount = Base &
  Readonly<{
    kind: 'row-count';
    per:
      | (Counts & Readonly<{ of: 'range' }>)
      | (Counts & Readonly<{ of: 'game' }>)
      | (Percents & Readonly<{ of: 'table'; table: TableName }>);
  }>;

export const rowCount: CheckKind<RowCount> = {
  reads: ({ per }) => ({
    own: [measure(ROW_COUNT)],
    rowsOf: per.of === 'table' ? [per.table] : [],
  }),
  columns: () => [],
  problems: ({ per }) => {
    const { atLeast, atMost } = per;
    const [low, high] = [atLeast, atMost].map(sizeOf);
    return [
      ...(atLeast === null && atMost === null
        ? ['has neither a lower nor an upper bound, so it could never fail']
        : []),
      ...(low === 0
        ? ['has a lower bound of 0, which never fails; accepted: above 0, or none']
        : []),
      ...(low != null && high != null && low > high
        ? [`has a lower bound of ${low} above its upper one of ${high}, so it could never hold`]
        : []),
    ];
  },
  judge: ({ per }, facts, days) => {
    const rowsOn = (day: Day) => numberOf(facts.profile.days.get(day), ROW_COUNT);
    const total = days.reduce((sum, day) => sum + rowsOn(day), 0);
    if (total === 0) return { ...unknown('no row to count'), expected: bounds(per) };
    if (per.of === 'range') {
      return finding(isWithin(total, per, 1), `${total} rows`, `${bounds(per)} rows`, []);
    }
    if (per.of === 'game') {
      const gamesOn = (day: Day) => facts.schedule.games.get(day)?.length ?? 0;
      const bad = days.filter((day) => !isWithin(rowsOn(day), per, gamesOn(day)));
      const observed = `${total} rows, ${bad.length} of ${days.length} days outside`;
      return finding(bad.length === 0, observed, `${bounds(per)} rows a game on each day`, bad);
    }
    const others = facts.rowsOf.get(per.table);
    const otherTotal = days.reduce((sum, day) => sum + (others?.get(day) ?? 0), 0);
    if (others === undefined || otherTotal === 0) {
      return unknown(`${per.table} has no row on these days to count against`);
    }
    const fits = (rows: number, whole: number) =>
      (per.atLeast === null || reaches(rows, whole, per.atLeast)) &&
      (per.atMost === null || staysWithin(rows, whole, per.atMost));
    const bad = days.filter((day) => !fits(rowsOn(day), others.get(day) ?? 0));
    const outside = bad.length === 0 ? '' : `, ${bad.length} of ${days.length} days outside`;
    const observed = `${formatShare(total, otherTotal)} of the rows of ${per.table}${outside}`;
    return finding(fits(total, otherTotal) && bad.length === 0, observed, bounds(per), bad);
  },
};

function sizeOf(bound: number | Percent | null): number | null {
  return bound === null || typeof bound === 'number' ? bound : Number(bound.text);
}

function isWithin(rows: number, { atLeast, atMost }: Counts, units: number): boolean {
  return (
    (atLeast === null || rows >= atLeast * units) && (atMost === null || rows <= atMost * units)
  );
}

function finding(holds: boolean, observed: string, expected: string, bad: readonly Day[]): Finding {
  return {
    verdict: holds ? 'PASS' : 'FAIL',
    observed,
    expected,
    days: daySetOf(holds ? [] : bad),
    message: `${observed}, expected ${expected}`,
  };
}

function bounds(per: RowCount['per']): string {
  const text = (bound: number | { text: string }) =>
    typeof bound === 'number' ? String(bound) : `${bound.text}%`;
  if (per.atLeast !== null && per.atMost !== null && text(per.atLeast) === text(per.atMost)) {
    return `= ${text(per.atLeast)}`;
  }
  return [
    ...(per.atLeast === null ? [] : [`≥ ${text(per.atLeast)}`]),
    ...(per.atMost === null ? [] : [`≤ ${text(per.atMost)}`]),
  ].join(' and ');
}
