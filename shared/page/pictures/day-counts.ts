import { countDays, type DaySet, type DaySpan } from '../../core/day-set.ts';
import { OUTCOMES, type OutcomeDays } from '../../core/outcome.ts';
import { formatShare } from '../../core/percent.ts';
import { type DayGridRow, type DayKind, kindsOfDays } from './day-look.ts';
import { rowInRange } from './days-in-range.ts';

/** How many of a row's expected days are VERIFIED, of all that are due. */
export type DayCounts = Readonly<{ verified: number; due: number }>;

/** A row with nothing outside of a range, its days by what they are drawn as; counted once for all that tells of them. */
export type CountedRow = Readonly<{
  name: string;
  href: string | null;
  kinds: readonly Readonly<{ kind: DayKind; days: DaySet; count: number }>[];
  counts: DayCounts;
}>;

export function countedRow(row: DayGridRow, range: DaySpan): CountedRow {
  const inside = rowInRange(row, range);
  const kinds = kindsOfDays(inside).map(([kind, days]) => ({ kind, days, count: countDays(days) }));
  let [verified, due] = [0, 0];
  for (const { kind, count } of kinds) {
    if (kind === 'VERIFIED') verified = count;
    if (kind !== 'not due' && kind !== 'excluded') due += count;
  }
  return { name: row.name, href: row.href, kinds, counts: { verified, due } };
}

export function countsOf({ outcomes }: Readonly<{ outcomes: OutcomeDays }>): DayCounts {
  let [verified, due] = [0, 0];
  for (const outcome of OUTCOMES) {
    const days = outcomes[outcome];
    if (days === undefined) continue;
    const count = countDays(days);
    if (outcome === 'VERIFIED') verified = count;
    due += count;
  }
  return { verified, due };
}

/** `776/848 (91.5%)`; of nothing nothing is said to be verified. */
export function shareText({ verified, due }: DayCounts): string {
  return due === 0 ? 'none due' : formatShare(verified, due);
}

/** `776/848 (91.5%) verified, 60 NEVER_RAN, 12 waived`: a row's picture in words. */
export function rowInWords({ kinds, counts }: Pick<CountedRow, 'kinds' | 'counts'>): string {
  let words = counts.due === 0 ? 'none due' : `${shareText(counts)} verified`;
  for (const { kind, count } of kinds) {
    if (kind !== 'VERIFIED') words += `, ${count} ${kind}`;
  }
  return words;
}

/** Those kinds of day that some of the rows have. */
export function kindsIn(rows: readonly CountedRow[]): ReadonlySet<DayKind> {
  const kinds = new Set<DayKind>();
  for (const row of rows) for (const { kind } of row.kinds) kinds.add(kind);
  return kinds;
}
