import { countDays, NO_DAYS } from '../../core/day-set.ts';
import { OUTCOMES } from '../../core/outcome.ts';
import { formatShare } from '../../core/percent.ts';
import { type DayGridRow, kindsOfDays } from './day-look.ts';

/** How many of a row's expected days are VERIFIED, of all that are due. */
export type DayCounts = Readonly<{ verified: number; due: number }>;

export function countsOf({ outcomes }: DayGridRow): DayCounts {
  const due = OUTCOMES.reduce((sum, outcome) => sum + countDays(outcomes[outcome] ?? NO_DAYS), 0);
  return { verified: countDays(outcomes.VERIFIED ?? NO_DAYS), due };
}

/** `776/848 (91.5%)`; of nothing nothing is said to be verified. */
export function shareText({ verified, due }: DayCounts): string {
  return due === 0 ? 'none due' : formatShare(verified, due);
}

/** `776/848 (91.5%) verified, 60 NEVER_RAN, 12 waived`: a row's picture in words. */
export function rowInWords(row: DayGridRow): string {
  const others = kindsOfDays(row).filter(([kind]) => kind !== 'VERIFIED');
  const counts = countsOf(row);
  const share = counts.due === 0 ? shareText(counts) : `${shareText(counts)} verified`;
  return [share, ...others.map(([kind, days]) => `${countDays(days)} ${kind}`)].join(', ');
}
