import { fieldOf } from '../../adapters/gcp/bigquery-cells.ts';
import { SYSTEM_TABLES } from '../../core/system-tables.ts';
import { pipelineSchema } from '../../edge/pipeline-schema.ts';
import { TOPICS } from '../../ports/bus.ts';

type Field = Readonly<{ name: string; type: string; mode: string }>;

/** What Terraform has to know of the code, and cannot read in TypeScript. */
export type SystemFacts = Readonly<{
  topics: readonly string[];
  /** Of a job whose pipeline says nothing of it. */
  jobMinutes: number;
  tables: readonly Readonly<{
    dataset: string;
    table: string;
    dayColumn: string;
    schema: readonly Field[];
  }>[];
}>;

export function systemFacts(): SystemFacts {
  return {
    topics: TOPICS,
    jobMinutes: pipelineSchema.shape.deadlines.parse(undefined).jobMinutes,
    tables: SYSTEM_TABLES.map(({ name, dayColumn, columns }) => {
      const [dataset = '', table = ''] = name.split('.');
      return { dataset, table, dayColumn, schema: columns.map(fieldOf).map(asStored) };
    }),
  };
}

/** Terraform compares with what BigQuery answers, and BigQuery answers with its older names of types. */
const STORED: Readonly<Record<string, string>> = {
  INT64: 'INTEGER',
  FLOAT64: 'FLOAT',
  BOOL: 'BOOLEAN',
};

function asStored(field: Field): Field {
  return { ...field, type: STORED[field.type] ?? field.type };
}
