import { daySetOf } from '../day-set.ts';
import { unknown } from '../judge/facts.ts';
import { numberOf } from '../profile.ts';
import { measure, ROW_COUNT, uniqueness } from '../state-item.ts';
import type { Base } from './base.ts';
import type { CheckKind } from './kind.ts';

/** No two rows of a day share a key, no key column is NULL. Across days: see one-day and day-in-id. */
export type Unique = Base & Readonly<{ kind: 'unique'; columns: readonly string[] }>;

export const unique: CheckKind<Unique> = {
  reads: ({ columns }) => ({ own: [measure(ROW_COUNT), { kind: 'unique', columns }] }),
  columns: ({ columns }) => columns,
  rows: ({ columns }) => ({ repeated: columns }),
  judge: ({ columns }, { profile }, days) => {
    const key = columns.join(',');
    const expected = `unique ${key}`;
    const surplusOn = (day: (typeof days)[number]) =>
      numberOf(profile.days.get(day), uniqueness(columns));
    const rows = days.reduce((sum, day) => sum + numberOf(profile.days.get(day), ROW_COUNT), 0);
    if (rows === 0) return { ...unknown(`no row to be unique by ${key}`), expected };
    const bad = days.filter((day) => surplusOn(day) > 0);
    const surplus = bad.reduce((sum, day) => sum + surplusOn(day), 0);
    const observed = `${surplus} rows too many among ${rows}`;
    return {
      verdict: surplus === 0 ? 'PASS' : 'FAIL',
      observed,
      expected,
      days: daySetOf(bad),
      message: `${observed}, expected ${expected}`,
    };
  },
};
