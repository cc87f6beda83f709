import type { DuckDBConnection } from '@duckdb/node-api';
import { PhasegateError } from '../../../core/errors.ts';
import { columnsOf, partitioningOf, quotedTable, type TablePath } from './catalog.ts';
import { type DayRange, dayFilter } from './day-filter.ts';
import type { QueryParameter } from './parameters.ts';
import { tableOf } from './table-names.ts';
import { textLiteral } from './translate/node.ts';
import type { Translated } from './translate/translate.ts';
import { bytesOfOneValue } from './types.ts';

/**
 * Bytes the statement would read: rows of the days it names times BigQuery's size of the columns it
 * mentions. Refuses, as BigQuery does, a table that wants a day filter and has none.
 *
 * @throws PhasegateError `invalid-query`
 */
export async function bytesRead(
  connection: DuckDBConnection,
  { scans, columns }: Translated,
  parameters: readonly QueryParameter[],
  project: string,
): Promise<number> {
  let bytes = 0;
  for (const scan of scans) {
    const path = tableOf(scan.path, project);
    if (path === null) continue;
    const partitioning = await partitioningOf(connection, path);
    const ranges = partitioning && dayFilter(scan, partitioning.dayColumn, parameters);
    if (partitioning?.requireFilter && ranges === null) {
      throw new PhasegateError(
        'invalid-query',
        `Cannot query over table '${path.dataset}.${path.table}' without a filter over column '${partitioning.dayColumn}' that can be used for partition elimination`,
      );
    }
    const fields = (await columnsOf(connection, path)).filter(
      ({ name }) => columns.has('*') || columns.has(name.toLowerCase()),
    );
    const rowBytes = fields.reduce((sum, field) => sum + bytesOfOneValue(field), 0);
    bytes += rowBytes * (await rowsOf(connection, path, ranges));
  }
  return bytes;
}

/** Rows of a table on the days given, or all of them. */
export async function rowsOf(
  connection: DuckDBConnection,
  path: TablePath,
  ranges: readonly DayRange[] | null,
): Promise<number> {
  if (ranges === null) {
    const all = await connection.runAndReadAll(`SELECT count(*) FROM ${quotedTable(path)}`);
    return Number(all.getRows()[0]?.[0] ?? 0);
  }
  const days = ranges.map(
    ({ from, to }) => `day BETWEEN ${dayOr(from, '0001-01-01')} AND ${dayOr(to, '9999-12-31')}`,
  );
  const found = await connection.runAndReadAll(
    `SELECT coalesce(sum(row_count), 0) FROM _phasegate.day_states WHERE dataset = '${path.dataset}' AND table_name = '${path.table}' AND (${['FALSE', ...days].join(' OR ')})`,
  );
  return Number(found.getRows()[0]?.[0] ?? 0);
}

function dayOr(day: string | null, open: string): string {
  return day === null
    ? `DATE '${open}'`
    : `coalesce(TRY_CAST(${textLiteral(day)} AS DATE), DATE '${open}')`;
}
