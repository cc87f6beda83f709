import type { DistinctGames, RowCount, Unique } from '../check.ts';
import { daySetOf } from '../day-set.ts';
import type { Day } from '../days.ts';
import { distinctGames, ROW_COUNT } from '../measure.ts';
import { formatShare, reaches, staysWithin } from '../percent.ts';
import { idsOf, numberOf } from '../profile.ts';
import type { Finding, TableFacts } from './facts.ts';

/** Rows against a floor and a ceiling: over the range, per final game of each day, or against another table. */
export function judgeRowCount(check: RowCount, facts: TableFacts, days: readonly Day[]): Finding {
  const rowsOn = (day: Day) => numberOf(facts.profile.days.get(day), ROW_COUNT);
  const total = days.reduce((sum, day) => sum + rowsOn(day), 0);
  const { per } = check;
  if (total === 0) {
    return { ...finding(false, 'no row', bounds(per), []), verdict: 'UNKNOWN' };
  }
  if (per.of === 'range') {
    const holds = (per.atLeast ?? 0) <= total && total <= (per.atMost ?? Number.POSITIVE_INFINITY);
    return finding(holds, `${total} rows`, `${bounds(per)} rows`, []);
  }
  if (per.of === 'game') {
    const isBad = (day: Day) => {
      const games = facts.schedule.games.get(day)?.length ?? 0;
      const rows = rowsOn(day);
      return (
        rows < (per.atLeast ?? 0) * games || rows > (per.atMost ?? Number.POSITIVE_INFINITY) * games
      );
    };
    const bad = days.filter(isBad);
    const observed = `${total} rows, ${bad.length} of ${days.length} days outside`;
    return finding(bad.length === 0, observed, `${bounds(per)} rows a game on each day`, bad);
  }
  const others = facts.rowsOf.get(per.table);
  const otherTotal = days.reduce((sum, day) => sum + (others?.get(day) ?? 0), 0);
  if (others === undefined || otherTotal === 0) {
    const message = `${per.table} has no row on these days to count against`;
    return { ...finding(false, `${total} rows`, bounds(per), []), verdict: 'UNKNOWN', message };
  }
  const fits = (rows: number, whole: number) =>
    (per.atLeast === null || reaches(rows, whole, per.atLeast)) &&
    (per.atMost === null || staysWithin(rows, whole, per.atMost));
  const bad = days.filter((day) => !fits(rowsOn(day), others.get(day) ?? 0));
  const outside = bad.length === 0 ? '' : `, ${bad.length} of ${days.length} days outside`;
  const observed = `${formatShare(total, otherTotal)} of the rows of ${per.table}${outside}`;
  return finding(fits(total, otherTotal) && bad.length === 0, observed, bounds(per), bad);
}

/** Distinct games over the judged days. */
export function judgeDistinctGames(
  check: DistinctGames,
  facts: TableFacts,
  days: readonly Day[],
): Finding {
  const measure = distinctGames(check.game);
  const games = days.reduce(
    (sum, day) => sum + idsOf(facts.profile.days.get(day), measure).size,
    0,
  );
  return finding(games >= check.atLeast, `${games} games`, `≥ ${check.atLeast} games`, []);
}

/** Rows beyond the first of a key, and rows with a NULL in the key; one is too many. */
export function judgeUnique(check: Unique, facts: TableFacts, days: readonly Day[]): Finding {
  const key = check.columns.join(',');
  const rows = days.reduce((sum, day) => sum + numberOf(facts.profile.days.get(day), ROW_COUNT), 0);
  const bad = days.filter((day) => (facts.profile.days.get(day)?.duplicates[key] ?? 0) > 0);
  const surplus = bad.reduce(
    (sum, day) => sum + (facts.profile.days.get(day)?.duplicates[key] ?? 0),
    0,
  );
  if (rows === 0) {
    return { ...finding(false, 'no row', `unique ${key}`, []), verdict: 'UNKNOWN' };
  }
  return finding(surplus === 0, `${surplus} rows too many among ${rows}`, `unique ${key}`, bad);
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
