import type { Day } from './days.ts';
import { fingerprint } from './fingerprint.ts';

/** What a warehouse's metadata says of one day of a table. */
export type SeenDay = Readonly<{ day: Day | null; rows: number; changedAt: string }>;

/** Tells the days of one table up to `to` from any other content they have had: equal texts, equal content. */
export function dayToken(states: readonly SeenDay[], to: Day): string {
  const seen = states
    .filter(({ day }) => day === null || day <= to)
    .map(({ day, rows, changedAt }) => `${day ?? ''}/${rows}/${changedAt}`);
  return fingerprint(seen.sort().join());
}
