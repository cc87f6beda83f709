import type { Column } from '../core/column.ts';
import { PhasegateError } from '../core/errors.ts';
import { quoteColumn } from './quote.ts';

export type Replace = Readonly<{
  /** `dataset.table` */
  table: string;
  /** Columns of the table; the SELECT names every one of them. */
  columns: readonly Column[];
  /** Columns that together name one row; two rows of one key make the statement fail. */
  key: readonly string[];
  /** The days replaced are `@from` to `@to`; null replaces the whole table. */
  dayColumn: string | null;
  /** One GoogleSQL SELECT without a closing semicolon. */
  select: string;
}>;

/**
 * BigQuery's atomic replace as one statement: what the SELECT returns takes the place of the days
 * `@from` to `@to` (two DATE parameters), or of the whole table.
 *
 * The statement fails, and changes nothing, when two rows of the SELECT have one key, or when a row
 * lies outside the days replaced: it would be there twice after the next replace. Values are
 * assigned as they are; a column of another type is an error, never a cast.
 *
 * @throws PhasegateError `invalid-input` for a name that is not an identifier
 */
export function replaceStatement({ table, columns, key, dayColumn, select }: Replace): string {
  const names = columns.map(({ name }) => checkedName(name));
  const days = dayColumn === null ? '' : ` AND t.${checkedName(dayColumn)} BETWEEN @from AND @to`;
  return [
    `MERGE \`${checkedTable(table)}\` AS t`,
    'USING (',
    `SELECT ${names.map((name) => `r.${name}`).join(', ')}`,
    `FROM (SELECT q.*, ${copies(key)} AS phasegate_copies FROM (`,
    select.trim().replace(/;$/, ''),
    ') AS q) AS r',
    `WHERE CASE ${guards(table, key, dayColumn)} END`,
    ') AS s',
    'ON FALSE',
    `WHEN NOT MATCHED BY SOURCE${days} THEN DELETE`,
    `WHEN NOT MATCHED BY TARGET THEN INSERT (${names.join(', ')})`,
    `VALUES (${names.map((name) => `s.${name}`).join(', ')})`,
  ].join('\n');
}

function copies(key: readonly string[]): string {
  if (key.length === 0) throw new PhasegateError('invalid-input', 'a replace needs a key');
  return `COUNT(*) OVER (PARTITION BY ${key.map((name) => `q.${checkedName(name)}`).join(', ')})`;
}

/** A condition that is true for a good row and an error for a bad one: it filters nothing. */
function guards(table: string, key: readonly string[], dayColumn: string | null): string {
  const texts = key.map((name) => `IFNULL(CAST(r.${checkedName(name)} AS STRING), 'NULL')`);
  const found = texts.join(", ', ', ");
  const twice = `ERROR(CONCAT('two rows of one key in ${table} (${key.join(', ')}): ', ${found}))`;
  const duplicate = `WHEN r.phasegate_copies > 1 THEN ${twice}`;
  if (dayColumn === null) return `${duplicate} ELSE TRUE`;
  const day = `r.${checkedName(dayColumn)}`;
  const outside = `ERROR(CONCAT('a row of ${table} outside the days replaced, ${dayColumn}: ', IFNULL(CAST(${day} AS STRING), 'NULL')))`;
  return `${duplicate} WHEN ${day} BETWEEN @from AND @to THEN TRUE ELSE ${outside}`;
}

function checkedName(name: string): string {
  if (/^[A-Za-z_]\w{0,299}$/.test(name)) return quoteColumn(name);
  throw new PhasegateError('invalid-input', `${JSON.stringify(name)} is not a column name`);
}

function checkedTable(table: string): string {
  if (/^[A-Za-z_]\w*\.[A-Za-z_]\w*$/.test(table)) return table;
  throw new PhasegateError('invalid-input', `${JSON.stringify(table)} is not dataset.table`);
}
