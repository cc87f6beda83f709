import type { Day } from '../core/days.ts';
import type { ItemValue } from '../core/profile.ts';
import { itemName } from '../core/state-item.ts';
import { dayFilter } from './day-filter.ts';
import { quoteColumn, quoteTable } from './quote.ts';
import type { Scan } from './scan.ts';

/** Every measure of a relation in one scan: one row a day with `day` and `m0`, `m1`, … in the order given. */
export const profileScan: Pick<Scan, 'statement' | 'read'> = {
  statement: (relation, items, days) => {
    const filter = dayFilter(relation.dayColumn, days);
    const day = quoteColumn(relation.dayColumn);
    const measures = items.map((item, index) => `${itemName(item)} AS m${index}`);
    return {
      params: filter.params,
      sql: [
        'SELECT',
        [`${day} AS day`, ...measures].map((column) => `  ${column}`).join(',\n'),
        `FROM ${quoteTable(relation.name)}`,
        `WHERE ${filter.sql}`,
        `GROUP BY ${day}`,
      ].join('\n'),
    };
  },
  read: (items, row) =>
    items.map((item, index) => ({
      day: row.day as Day,
      item: itemName(item),
      value: (row[`m${index}`] ?? null) as ItemValue,
    })),
};
