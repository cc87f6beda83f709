import type { Check } from './check.ts';
import type { Column } from './column.ts';
import type { TableName } from './ids.ts';
import { type Pipeline, sourceNamed, type Table, tableNamed } from './pipeline.ts';

/** A table or a source with days: whatever can be profiled day by day and judged. */
export type Relation = Readonly<{
  name: TableName;
  key: readonly string[];
  dayColumn: string;
  columns: readonly Column[];
  requireDayFilter: boolean;
  bootstrapDays: number;
  checks: readonly Check[];
  /** Ids of the checks that are told; the others are there for what these rest on. Absent: all are told. */
  told?: readonly string[];
}>;

/** Every source and table, in the order of the pipeline file. */
export function namesOf({ sources, phases }: Pipeline): readonly TableName[] {
  return [...sources, ...phases.flatMap(({ tables }) => tables)].map(({ name }) => name);
}

/** Those of the names that have days and checks: of the others nothing could be shown. */
export function promising(pipeline: Pipeline, names: readonly TableName[]): readonly Relation[] {
  return names.flatMap((name) => {
    const relation = relationNamed(pipeline, name);
    return relation === undefined || relation.checks.length === 0 ? [] : [relation];
  });
}

/** The table or source of this name; undefined where there is none, or where it has no days. */
export function relationNamed(pipeline: Pipeline, name: TableName): Relation | undefined {
  const table: Table | undefined = tableNamed(pipeline, name);
  if (table !== undefined) return table;
  const source = sourceNamed(pipeline, name);
  if (source === undefined || source.dayColumn === null) return undefined;
  return { ...source, dayColumn: source.dayColumn, bootstrapDays: 0 };
}
