import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { Table } from '@google-cloud/bigquery';
import { z } from 'zod';
import { isKind, PhasegateError } from '../../core/errors.ts';
import type { TableName } from '../../core/ids.ts';
import type { Warehouse } from '../../ports/warehouse.ts';
import { columnOf, fieldOf, tableField } from './bigquery-cells.ts';
import { type BigQueryPlace, bigQueryClient } from './bigquery-client.ts';
import { dayStatesOf } from './bigquery-day-states.ts';
import { fromBigQuery } from './bigquery-errors.ts';
import { loadMetadata } from './bigquery-files.ts';
import {
  bytesOf,
  deadlineOf,
  jobMetadata,
  loaded,
  metadataOf,
  queryOf,
  resultOf,
  startedJob,
} from './bigquery-jobs.ts';

const tableMetadata = z.object({
  schema: z.object({ fields: z.array(tableField).default([]) }).optional(),
  view: z.object({ query: z.string() }).optional(),
  timePartitioning: z
    .object({ type: z.string(), field: z.string().optional(), expirationMs: z.string().optional() })
    .optional(),
  requirePartitionFilter: z.boolean().default(false),
});

/** BigQuery through its official client: Google Cloud, or the local server at `apiEndpoint`. */
export function bigQueryWarehouse(place: BigQueryPlace): Warehouse {
  const client = bigQueryClient(place);
  const { metadataMilliseconds = Number.POSITIVE_INFINITY } = place;
  const datasetOf = async (table: TableName) => (await client()).dataset(split(table).dataset);
  const tableOf = async (table: TableName) => (await datasetOf(table)).table(split(table).table);

  const ensureDataset = async (table: TableName) => {
    await unlessConflict((await client()).createDataset(split(table).dataset));
  };

  const warehouse: Warehouse = {
    query: async (statement, options = {}) => {
      const until = deadlineOf(options);
      const job = await startedJob(await client(), queryOf(statement, options));
      const result = await resultOf(job, until);
      const known = jobMetadata.safeParse(job.metadata);
      const isFinal = known.success && known.data.status.state === 'DONE';
      return { ...result, ...bytesOf(isFinal ? known.data : await metadataOf(job)) };
    },

    dryRun: async (statement) => {
      const [job] = await (await client())
        .createQueryJob({ ...queryOf(statement), dryRun: true })
        .catch(rethrown);
      const { statistics } = z
        .object({ statistics: z.object({ totalBytesProcessed: z.string() }) })
        .parse(job.metadata);
      return { bytesProcessed: Number(statistics.totalBytesProcessed) };
    },

    write: async (statement, options) => {
      const until = deadlineOf(options);
      const job = await startedJob(await client(), queryOf(statement, options));
      await resultOf(job, until);
      const { statistics } = await metadataOf(job);
      if (statistics.startTime === undefined)
        throw new PhasegateError('bug', `${job.id} has no start`);
      return {
        jobId: String(job.id),
        readAt: new Date(Number(statistics.startTime)).toISOString(),
        rowsAffected: Number(statistics.query?.numDmlAffectedRows ?? 0),
      };
    },

    ensureTable: async ({ name, columns, dayColumn, requireDayFilter }) => {
      const partitioning = dayColumn !== null && {
        timePartitioning: { type: 'DAY', field: dayColumn },
        requirePartitionFilter: requireDayFilter,
      };
      const options = { schema: { fields: columns.map(fieldOf) }, ...partitioning };
      const create = async () =>
        unlessConflict((await datasetOf(name)).createTable(split(name).table, options));
      try {
        await create();
      } catch (error) {
        if (!isKind(error, 'not-found')) throw error;
        await ensureDataset(name);
        await create();
      }
    },

    columnsOf: async (name) => {
      const known = await described(await tableOf(name));
      const fields = known?.schema?.fields ?? [];
      return known && fields.map(columnOf).filter((column) => column !== null);
    },

    layoutOf: async (name) => {
      const known = await described(await tableOf(name));
      if (known === null) return null;
      const { timePartitioning: by, requirePartitionFilter: requiresDayFilter } = known;
      const dayColumn = by?.type === 'DAY' ? (by.field ?? null) : null;
      const expiresAfterMs = by?.expirationMs === undefined ? null : Number(by.expirationMs);
      return { dayColumn, requiresDayFilter, expiresAfterMs };
    },

    dayStates: (tables) => dayStatesOf(client, tables, metadataMilliseconds),

    append: async (table, rows, { jobId }) => {
      if (rows.length === 0) return;
      const lines = rows.map((row) => `${JSON.stringify(row)}\n`);
      await loaded(
        await client(),
        await tableOf(table),
        () => Readable.from(lines, { objectMode: false }),
        {
          jobId,
          sourceFormat: 'NEWLINE_DELIMITED_JSON',
          writeDisposition: 'WRITE_APPEND',
          createDisposition: 'CREATE_NEVER',
        },
      );
    },

    loadFile: async (table, file) => {
      const metadata = await loadMetadata(file);
      await ensureDataset(table);
      try {
        const { statistics } = await loaded(
          await client(),
          await tableOf(table),
          () => createReadStream(file.path),
          metadata,
        );
        return { rows: Number(statistics.load?.outputRows ?? 0) };
      } catch (error) {
        const known = fromBigQuery(error);
        throw new PhasegateError(known.kind, `${file.path}: ${known.message}`, error);
      }
    },

    replaceView: async (name, sql) => {
      const view = { query: sql, useLegacySql: false };
      const create = async () => (await datasetOf(name)).createTable(split(name).table, { view });
      try {
        await create().catch(async (error: unknown) => {
          if (!isKind(fromBigQuery(error), 'not-found')) throw error;
          await ensureDataset(name);
          await create();
        });
      } catch (error) {
        const known = fromBigQuery(error);
        if (!isKind(known, 'conflict')) throw known;
        const table = await tableOf(name);
        if ((await described(table))?.view === undefined) {
          throw new PhasegateError(
            'conflict',
            `${name} is a table, and a view of that name was asked for; drop or rename the table`,
            error,
          );
        }
        await table.setMetadata({ view }).catch(rethrown);
      }
    },

    viewSql: async (name) => (await described(await tableOf(name)))?.view?.query ?? null,

    dropTable: async (table) => {
      try {
        await (await tableOf(table)).delete();
      } catch (error) {
        const known = fromBigQuery(error);
        if (!isKind(known, 'not-found')) throw known;
      }
    },
  };
  return warehouse;
}

function split(name: TableName): Readonly<{ dataset: string; table: string }> {
  const [dataset = '', table = ''] = name.split('.');
  return { dataset, table };
}

/** Null for a table that is not there. */
async function described(table: Table): Promise<z.output<typeof tableMetadata> | null> {
  try {
    const [metadata] = await table.getMetadata();
    return tableMetadata.parse(metadata);
  } catch (error) {
    const known = fromBigQuery(error);
    if (isKind(known, 'not-found')) return null;
    throw known;
  }
}

async function unlessConflict(creation: Promise<unknown>): Promise<void> {
  try {
    await creation;
  } catch (error) {
    const known = fromBigQuery(error);
    if (!isKind(known, 'conflict')) throw known;
  }
}

function rethrown(error: unknown): never {
  throw fromBigQuery(error);
}
