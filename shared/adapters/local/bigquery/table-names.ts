import { PhasegateError } from '../../../core/errors.ts';
import { checkedName, quotedTable, type TablePath, tablePath } from './catalog.ts';

const PARTITIONS = ['INFORMATION_SCHEMA', 'PARTITIONS'];

/** The table a path of a statement names; null for the view INFORMATION_SCHEMA.PARTITIONS. */
export function tableOf(path: readonly string[], project: string): TablePath | null {
  const own = withoutProject(path, project);
  if (isPartitionsView(own)) return null;
  const [dataset, table] = own;
  if (own.length !== 2 || dataset === undefined || table === undefined) {
    throw new PhasegateError(
      'invalid-query',
      `Table ${path.join('.')} must be qualified with a dataset (e.g. dataset.table)`,
    );
  }
  return tablePath(dataset, table);
}

/** DuckDB's text for a path of a statement. */
export function tableText(path: readonly string[], project: string): string {
  const table = tableOf(path, project);
  if (table !== null) return quotedTable(table);
  const [dataset = ''] = withoutProject(path, project);
  return `(SELECT 'local' AS table_catalog, dataset AS table_schema, table_name,
    coalesce(strftime(day, '%Y%m%d'), CASE WHEN t.day_column IS NOT NULL THEN '__NULL__' END) AS partition_id, row_count AS total_rows,
    make_timestamptz(changed_at_ms * 1000) AS last_modified_time
    FROM warehouse._phasegate.day_states JOIN warehouse._phasegate.tables AS t USING (dataset, table_name) WHERE dataset = '${checkedName(dataset, 'dataset')}')`;
}

export function datasetOf(path: readonly string[], project: string): string {
  return withoutProject(path, project)[0] ?? '';
}

function withoutProject(path: readonly string[], project: string): readonly string[] {
  return path.length > 2 && path[0] === project ? path.slice(1) : path;
}

function isPartitionsView(path: readonly string[]): boolean {
  return (
    path.length === 3 && PARTITIONS.every((part, index) => path[index + 1]?.toUpperCase() === part)
  );
}
