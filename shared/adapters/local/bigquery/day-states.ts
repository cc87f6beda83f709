import type { DuckDBConnection } from '@duckdb/node-api';
import { quotedTable, resultColumns, type TablePath } from './catalog.ts';
import { textLiteral } from './translate/node.ts';

/** The days to look at again; null for all, rows without a day included. */
export type Touched = Readonly<{ from: string; to: string }> | null;

/**
 * Compares the content of the touched days with what was noted before and stamps `changedAtMs` on
 * those that differ. A day whose rows vanished keeps an entry of 0 rows, because what read it must
 * learn that it changed. Rows without a day are the day NULL, as is the whole of a table without days.
 */
export async function refreshDayStates(
  connection: DuckDBConnection,
  table: TablePath,
  dayColumn: string | null,
  touched: Touched,
  changedAtMs: number,
): Promise<void> {
  const columns = await resultColumns(connection, `SELECT * FROM ${quotedTable(table)}`);
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const own = `dataset = '${table.dataset}' AND table_name = '${table.table}'`;
  const day = dayColumn === null ? 'CAST(NULL AS DATE)' : `CAST("${dayColumn}" AS DATE)`;
  const within = (column: string) =>
    touched === null || dayColumn === null
      ? 'TRUE'
      : `${column} BETWEEN DATE ${textLiteral(touched.from)} AND DATE ${textLiteral(touched.to)}`;
  const same =
    'n.day IS NOT DISTINCT FROM s.day AND n.row_count = s.row_count AND n.checksum = s.checksum';
  if (dayColumn !== null && !columns.some(({ name }) => name === dayColumn)) {
    await connection.run(`DELETE FROM _phasegate.day_states WHERE ${own}`);
    return;
  }
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE _days_now AS
     WITH here AS MATERIALIZED (
       SELECT day, count(*) AS row_count, sum(content) AS checksum
       FROM (SELECT ${day} AS day, hash(${names})::HUGEINT AS content FROM ${quotedTable(table)} WHERE ${within(`"${dayColumn}"`)})
       GROUP BY day)
     SELECT * FROM here UNION ALL
     SELECT day, 0, 0 FROM _phasegate.day_states AS s WHERE ${own} AND ${within('day')}
       AND NOT EXISTS (SELECT 1 FROM here AS n WHERE n.day IS NOT DISTINCT FROM s.day)`,
  );
  await connection.run(
    `DELETE FROM _phasegate.day_states AS s WHERE ${own} AND ${within('day')}
     AND NOT EXISTS (SELECT 1 FROM _days_now AS n WHERE ${same})`,
  );
  await connection.run(
    `INSERT INTO _phasegate.day_states
     SELECT '${table.dataset}', '${table.table}', day, row_count, checksum, ${changedAtMs} FROM _days_now AS n
     WHERE NOT EXISTS (SELECT 1 FROM _phasegate.day_states AS s WHERE ${own} AND ${same})`,
  );
}
