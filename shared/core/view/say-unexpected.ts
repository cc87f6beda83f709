import { counted } from './counted.ts';

/** Why a table has no expected day in the judged range. */
export function sayUnexpected(bootstrapDays: number): string {
  return bootstrapDays === 0
    ? 'nothing is expected of it in this range'
    : `nothing is expected of it in this range (its first ${counted(bootstrapDays, 'day')} of a season are bootstrap)`;
}
