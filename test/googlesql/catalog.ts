import type { ColumnType } from '../../shared/core/column.ts';
import { type Pipeline, tablesOf } from '../../shared/core/pipeline.ts';
import { publishedTables, verifiedViewOf } from '../../shared/core/published.ts';
import { SYSTEM_TABLES } from '../../shared/core/system-tables.ts';

/** A table as the analyzer sees it: `dataset.table`, or a path of more parts that is quoted as one name. */
export type CatalogTable = Readonly<{
  name: string;
  columns: readonly Readonly<{ name: string; type: ColumnType }>[];
}>;

/**
 * Everything a statement of this pipeline may name: sources, tables, staging tables
 * (`phasegate_staging.FILE`), verified views, our own tables, and BigQuery's `INFORMATION_SCHEMA.PARTITIONS` of
 * each dataset of the pipeline.
 */
export function catalogOf(pipeline: Pipeline): readonly CatalogTable[] {
  const staging = pipeline.sources.flatMap(({ load }) =>
    load === null ? [] : [{ name: `phasegate_staging.${load.file}`, columns: load.columns }],
  );
  const relations = [...pipeline.sources, ...tablesOf(pipeline)];
  const datasets = new Set(relations.map(({ name }) => name.slice(0, name.indexOf('.'))));
  const views = publishedTables(pipeline).map(({ name, columns }) => ({
    name: verifiedViewOf(name),
    columns,
  }));
  return [...relations, ...views, ...staging, ...SYSTEM_TABLES, ...[...datasets].map(partitions)];
}

/** Columns as BigQuery's reference "PARTITIONS view" lists them. */
function partitions(dataset: string): CatalogTable {
  const columns: Readonly<Record<string, ColumnType>> = {
    table_catalog: 'STRING',
    table_schema: 'STRING',
    table_name: 'STRING',
    partition_id: 'STRING',
    total_rows: 'INT64',
    total_logical_bytes: 'INT64',
    total_billable_bytes: 'INT64',
    last_modified_time: 'TIMESTAMP',
    storage_tier: 'STRING',
  };
  return {
    name: `${dataset}.INFORMATION_SCHEMA.PARTITIONS`,
    columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
  };
}
