import type { BigQuery } from '@google-cloud/bigquery';
import { type Day, parseDay } from '../../core/days.ts';
import { isKind, PhasegateError } from '../../core/errors.ts';
import { parseTableName, type TableName } from '../../core/ids.ts';
import type { DayState } from '../../ports/warehouse.ts';
import { type Deadline, resultOf, startedJob } from './bigquery-jobs.ts';

/**
 * One query a dataset over its own metadata; a dataset that is not there has no days.
 *
 * @throws PhasegateError `pending` when BigQuery lets it wait for longer
 */
export async function dayStatesOf(
  client: () => Promise<BigQuery>,
  tables: readonly TableName[],
  waitMilliseconds: number,
): Promise<readonly DayState[]> {
  const bigQuery = await client();
  const until = Date.now() + waitMilliseconds;
  const states = await Promise.all(
    [...byDataset(tables)].map(([dataset, names]) =>
      statesOfDataset(bigQuery, dataset, names, until),
    ),
  );
  return states.flat();
}

async function statesOfDataset(
  client: BigQuery,
  dataset: string,
  names: readonly string[],
  until: Deadline,
): Promise<readonly DayState[]> {
  try {
    const { rows } = await resultOf(
      await startedJob(client, {
        query: `SELECT table_name, partition_id, total_rows, last_modified_time FROM \`${dataset}.INFORMATION_SCHEMA.PARTITIONS\` WHERE table_name IN UNNEST(@tables) ORDER BY table_name, partition_id`,
        params: { tables: [...names] },
        types: { tables: ['STRING'] },
        useLegacySql: false,
      }),
      until,
    );
    return oneADay(
      rows.map((row) => ({
        table: parseTableName(`${dataset}.${row.table_name}`),
        day: row.partition_id === null ? null : dayOf(String(row.partition_id)),
        rows: Number(row.total_rows),
        changedAt: String(row.last_modified_time),
      })),
    );
  } catch (error) {
    if (isKind(error, 'not-found')) return [];
    throw error;
  }
}

/** Rows without a day and rows still in the streaming buffer are both rows without a day. */
function oneADay(states: readonly DayState[]): readonly DayState[] {
  const merged = new Map<string, DayState>();
  for (const state of states) {
    const key = `${state.table} ${state.day}`;
    const other = merged.get(key);
    const changedAt =
      other && other.changedAt > state.changedAt ? other.changedAt : state.changedAt;
    merged.set(key, { ...state, rows: state.rows + (other?.rows ?? 0), changedAt });
  }
  return [...merged.values()];
}

function dayOf(partition: string): Day | null {
  if (/^__(NULL|UNPARTITIONED)__$/.test(partition)) return null;
  const [, year, month, date] = /^(\d{4})(\d{2})(\d{2})$/.exec(partition) ?? [];
  if (year === undefined) {
    throw new PhasegateError(
      'invalid-input',
      `partition ${partition} is not a day; partition by day`,
    );
  }
  return parseDay(`${year}-${month}-${date}`);
}

function byDataset(tables: readonly TableName[]): ReadonlyMap<string, readonly string[]> {
  const grouped = new Map<string, string[]>();
  for (const name of tables) {
    const [dataset = '', table = ''] = name.split('.');
    grouped.set(dataset, [...(grouped.get(dataset) ?? []), table]);
  }
  return grouped;
}
