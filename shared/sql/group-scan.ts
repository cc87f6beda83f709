import type { Day } from '../core/days.ts';
import { PhasegateError } from '../core/errors.ts';
import type { Relation } from '../core/relation.ts';
import { joined, uniqueness } from '../core/state-item.ts';
import { dayFilter } from './day-filter.ts';
import { branchesOf, type GroupsTogether, type Unique } from './group-branches.ts';
import { quoteColumn, quoteTable } from './quote.ts';
import type { Scan } from './scan.ts';

/**
 * Everything that needs groups finer than a day, in one statement: rows of `day`, `branch` (which
 * SELECT of it), `group_key` and `v0`, `v1`, …. Of a key it returns only days on which rows are too
 * many: beyond the first of a key, or with a NULL in it.
 */
export const groupScan: Pick<Scan, 'statement' | 'read'> = {
  statement: (relation, items, days) => {
    const filter = dayFilter(relation.dayColumn, days);
    const branches = branchesOf(items);
    const width = Math.max(
      1,
      ...branches.map((each) => (each.kind === 'groups' ? each.values.length : 1)),
    );
    const selects = branches.map((branch, index) =>
      branch.kind === 'unique'
        ? uniqueBranch(relation, branch, index, width, filter.sql)
        : groupsBranch(relation, branch, index, width, filter.sql),
    );
    return { params: filter.params, sql: selects.join('\nUNION ALL\n') };
  },
  read: (items, row) => {
    const branch = branchesOf(items)[Number(row.branch)];
    if (branch === undefined)
      throw new PhasegateError('bug', `no SELECT ${row.branch} was asked for`);
    const day = row.day as Day;
    if (branch.kind === 'unique') {
      return [{ day, item: uniqueness(branch.columns), value: Number(row.v0) }];
    }
    const key = row.group_key as string | null;
    const values = branch.values.map((_, at) => (row[`v${at}`] ?? null) as number | null);
    return branch.items.map(({ name, from, to }) => ({
      day,
      item: name,
      group: [key, ...values.slice(from, to)],
    }));
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
    `SELECT day, ${index} AS branch, CAST(NULL AS STRING) AS group_key, ${values(['SUM(surplus)'], width)}`,
    'FROM (',
    `  SELECT ${day} AS day, CASE WHEN ${anyNull} THEN COUNT(*) ELSE COUNT(*) - 1 END AS surplus`,
    `  FROM ${quoteTable(name)}`,
    `  WHERE ${where}`,
    `  GROUP BY ${[day, ...others].join(', ')}`,
    `  HAVING COUNT(*) > 1 OR ${anyNull}`,
    ') AS keys',
    'GROUP BY day',
  ].join('\n');
}

function groupsBranch(
  { name, dayColumn }: Relation,
  { by, where: rows, values: measures }: GroupsTogether,
  index: number,
  width: number,
  where: string,
): string {
  const day = quoteColumn(dayColumn);
  return [
    `SELECT ${day} AS day, ${index} AS branch, ${joined(by)} AS group_key, ${values(measures, width)}`,
    `FROM ${quoteTable(name)}`,
    `WHERE (${where})${rows === null ? '' : ` AND (${rows})`}`,
    `GROUP BY ${[day, ...by.map(quoteColumn)].join(', ')}`,
  ].join('\n');
}

function values(measures: readonly string[], width: number): string {
  const texts = Array.from({ length: width }, (_, at) => measures[at] ?? 'NULL');
  return texts.map((text, at) => `CAST(${text} AS FLOAT64) AS v${at}`).join(', ');
}
