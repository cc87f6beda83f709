import type { Day } from '../core/days.ts';
import { PhasegateError } from '../core/errors.ts';
import type { Relation } from '../core/relation.ts';
import { itemName, joined, type StateItem } from '../core/state-item.ts';
import { dayFilter } from './day-filter.ts';
import { quoteColumn, quoteTable } from './quote.ts';
import type { Scan } from './scan.ts';

type Unique = Extract<StateItem, { kind: 'unique' }>;
type Groups = Extract<StateItem, { kind: 'groups' }>;

/**
 * Everything that needs groups finer than a day, in one statement: rows of `day`, `item` (its place
 * in the order given), `group_key` and `v0`, `v1`, …. Of a key it returns only days on which rows are
 * too many: beyond the first of a key, or with a NULL in it.
 */
export const groupScan: Pick<Scan, 'statement' | 'read'> = {
  statement: (relation, items, days) => {
    const filter = dayFilter(relation.dayColumn, days);
    const width = Math.max(1, ...items.map((item) => valuesOf(item).length));
    const branches = items.map((item, index) =>
      item.kind === 'unique'
        ? uniqueBranch(relation, item, index, width, filter.sql)
        : groupsBranch(relation, grouped(item), index, width, filter.sql),
    );
    return { params: filter.params, sql: branches.join('\nUNION ALL\n') };
  },
  read: (items, row) => {
    const item = items[Number(row.item)];
    if (item === undefined) throw new PhasegateError('bug', `no item ${row.item} was asked for`);
    const place = { day: row.day as Day, item: itemName(item) };
    if (item.kind === 'unique') return [{ ...place, value: Number(row.v0) }];
    const values = valuesOf(item).map((_, at) => (row[`v${at}`] ?? null) as number | null);
    return [{ ...place, group: [row.group_key as string | null, ...values] }];
  },
};

function uniqueBranch(
  { name, dayColumn }: Relation,
  { columns }: Unique,
  index: number,
  width: number,
  where: string,
): string {
  const day = quoteColumn(dayColumn);
  const others = columns.filter((column) => column !== dayColumn).map(quoteColumn);
  const anyNull = columns.map((column) => `${quoteColumn(column)} IS NULL`).join(' OR ');
  return [
    `SELECT day, ${index} AS item, CAST(NULL AS STRING) AS group_key, ${values(['SUM(surplus)'], width)}`,
    'FROM (',
    `  SELECT ${day} AS day, CASE WHEN ${anyNull} THEN COUNT(*) ELSE COUNT(*) - 1 END AS surplus`,
    `  FROM ${quoteTable(name)}`,
    `  WHERE ${where}`,
    `  GROUP BY ${[day, ...others].join(', ')}`,
    ') AS keys',
    'WHERE surplus > 0',
    'GROUP BY day',
  ].join('\n');
}

function groupsBranch(
  { name, dayColumn }: Relation,
  { by, where: rows, values: measures }: Groups,
  index: number,
  width: number,
  where: string,
): string {
  const day = quoteColumn(dayColumn);
  return [
    `SELECT ${day} AS day, ${index} AS item, ${joined(by)} AS group_key, ${values(measures, width)}`,
    `FROM ${quoteTable(name)}`,
    `WHERE (${where})${rows === null ? '' : ` AND (${rows})`}`,
    `GROUP BY ${[day, ...by.map(quoteColumn)].join(', ')}`,
  ].join('\n');
}

function values(measures: readonly string[], width: number): string {
  const texts = Array.from({ length: width }, (_, at) => measures[at] ?? 'NULL');
  return texts.map((text, at) => `CAST(${text} AS FLOAT64) AS v${at}`).join(', ');
}

function valuesOf(item: StateItem): readonly string[] {
  return item.kind === 'groups' ? item.values : ['surplus'];
}

function grouped(item: StateItem): Groups {
  if (item.kind === 'groups') return item;
  throw new PhasegateError('bug', `${item.kind} is not read by the group scan`);
}
