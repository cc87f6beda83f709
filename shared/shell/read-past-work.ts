import type { GateSample, PastWork } from '../core/estimate/plan-estimate.ts';
import type { Sample } from '../core/estimate/sample.ts';
import type { TableName } from '../core/ids.ts';
import type { Pipeline } from '../core/pipeline.ts';
import type { Row, Warehouse } from '../ports/warehouse.ts';
import { pastWorkQuery } from '../sql/past-work-query.ts';
import { readerOf } from './reader.ts';

/**
 * What the last launches and gates of these tables took, as Phasegate kept it.
 *
 * @param id letters, digits, `-` and `_`; names the reading
 * @throws PhasegateError as the warehouse does
 */
export async function readPastWork(
  warehouse: Warehouse,
  pipeline: Pipeline,
  tables: readonly TableName[],
  id: string,
): Promise<PastWork> {
  const reader = readerOf(warehouse, {
    id,
    labels: { pipeline: pipeline.name },
    maximumBytes: pipeline.maximumBytesPerQuery,
  });
  const rows = await reader.query('past-work', pastWorkQuery(pipeline.name, tables));
  const of = (what: string) => rows.filter((row) => row.what === what);
  return {
    launches: grouped<TableName, Sample>(of('launch'), (row) => sampleOf(row, secondsOf(row))),
    gates: grouped<string, GateSample>(of('gate'), (row) => ({
      seconds: sampleOf(row, secondsOf(row)),
      bytes: sampleOf(row, Number(row.bytes)),
    })),
  };
}

function grouped<Name extends string, Value>(
  rows: readonly Row[],
  read: (row: Row) => Value,
): ReadonlyMap<Name, readonly Value[]> {
  const byName = Map.groupBy(rows, (row) => row.name as Name);
  return new Map([...byName].map(([name, own]) => [name, own.map(read)]));
}

function sampleOf(row: Row, amount: number): Sample {
  return { days: Number(row.days), amount, at: String(row.began) };
}

function secondsOf({ began, ended }: Row): number {
  return Math.max(0, (Date.parse(String(ended)) - Date.parse(String(began))) / 1000);
}
