import { countDays, type DaySet, intersect, isEmpty, union } from '../day-set.ts';
import { addDays, parseDay } from '../days.ts';
import { daysOfGaps, type GridRow } from '../monitor/grid.ts';
import { OUTCOME_SYMBOLS, OUTCOMES, type OutcomeDays } from '../outcome.ts';

/** The grid for people: a table with its days by outcome, and under it the months that have gaps. */
export function gridLines(rows: readonly GridRow[]): readonly string[] {
  return rows.flatMap((row) => {
    const { table, outcomes, gaps, waived, notDue, excluded } = row;
    const beside = [
      [waived, 'waived'],
      [notDue, 'not due yet'],
      [excluded, 'excluded'],
    ] as const;
    const words = beside.flatMap(([days, word]) =>
      isEmpty(days) ? [] : [`· ${countDays(days)} ${word}`],
    );
    return [
      table,
      `  ${[counts(outcomes, union(...Object.values(outcomes))), ...words].join('  ')}`,
      ...monthsOf(daysOfGaps(gaps)).map(
        (month) => `  ${month.from.slice(0, 7)}  ${counts(outcomes, [month])}`,
      ),
    ];
  });
}

/** `✓ 776/848  ○ 72` */
function counts(outcomes: OutcomeDays, range: DaySet): string {
  const inRange = OUTCOMES.map((outcome) => ({
    outcome,
    count: countDays(intersect(outcomes[outcome] ?? [], range)),
  }));
  const all = inRange.reduce((sum, { count }) => sum + count, 0);
  const verified = inRange.find(({ outcome }) => outcome === 'VERIFIED')?.count ?? 0;
  const others = inRange.filter(({ outcome, count }) => outcome !== 'VERIFIED' && count > 0);
  return [
    `${OUTCOME_SYMBOLS.VERIFIED} ${verified}/${all}`,
    ...others.map(({ outcome, count }) => `${OUTCOME_SYMBOLS[outcome]} ${count} ${outcome}`),
  ].join('  ');
}

/** Each month that has one of these days, whole. */
function monthsOf(days: DaySet): DaySet {
  const months = new Set<string>();
  for (const { from, to } of days) {
    for (let day = from; day <= to; day = addDays(day, 1)) months.add(day.slice(0, 7));
  }
  return [...months].sort().map((month) => {
    const from = parseDay(`${month}-01`);
    const next = addDays(from, 31).slice(0, 7);
    return { from, to: addDays(parseDay(`${next}-01`), -1) };
  });
}
