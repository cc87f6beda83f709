import { daySetOf } from '../day-set.ts';
import type { Day } from '../days.ts';
import { unknown } from '../judge/facts.ts';
import { idsOf, numberOf } from '../profile.ts';
import { distinctIds, measure, quotedColumn, ROW_COUNT } from '../state-item.ts';
import type { Base } from './base.ts';
import type { CheckKind } from './kind.ts';

/**
 * Each id is on one day only of the judged days, and no row is without one: a row under a wrong date
 * doubles across days. On a range of one day it shows only the latter; see day-in-id.
 */
export type OneDay = Base & Readonly<{ kind: 'one-day'; column: string }>;

export const oneDay: CheckKind<OneDay> = {
  reads: ({ column }) => ({
    own: [measure(ROW_COUNT), measure(named(column)), measure(distinctIds([column]))],
  }),
  columns: ({ column }) => [column],
  judge: ({ column }, { profile }, days) => {
    const daysOfId = new Map<string, Day[]>();
    const nameless: Day[] = [];
    let rows = 0;
    for (const day of days) {
      const state = profile.days.get(day);
      const rowsOfDay = numberOf(state, ROW_COUNT);
      rows += rowsOfDay;
      if (numberOf(state, named(column)) < rowsOfDay) nameless.push(day);
      for (const id of idsOf(state, distinctIds([column]))) {
        const others = daysOfId.get(id);
        if (others === undefined) daysOfId.set(id, [day]);
        else others.push(day);
      }
    }
    const expected = `each ${column} on one day`;
    if (rows === 0) return { ...unknown(`no row with a ${column}`), expected };
    const repeated = [...daysOfId].filter(([, all]) => all.length > 1);
    const single = daysOfId.size - repeated.length;
    const observed = `${single} of ${daysOfId.size} on one day`;
    const examples = repeated.slice(0, 3).map(([id, all]) => `${id} on ${all.join(', ')}`);
    const complaints = [
      ...(repeated.length === 0
        ? []
        : [`${repeated.length} on several days, e.g. ${examples.join('; ')}`]),
      ...(nameless.length === 0
        ? []
        : [`rows without a ${column} on ${nameless.length} days, first on ${nameless[0]}`]),
    ];
    const holds = complaints.length === 0;
    return {
      verdict: holds ? 'PASS' : 'FAIL',
      observed,
      expected,
      days: daySetOf([...nameless, ...repeated.flatMap(([, all]) => all)]),
      message: `${observed}: ${expected}${holds ? '' : `; ${complaints.join('; ')}`}`,
      ...(repeated.length === 0 ? {} : { samples: repeated.slice(0, 5).map(([id]) => id) }),
    };
  },
};

function named(column: string): string {
  return `COUNT(${quotedColumn(column)})`;
}
