import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { isKind, PhasegateError } from '../../core/errors.ts';
import type { TableName } from '../../core/ids.ts';
import type { Warehouse } from '../../ports/warehouse.ts';
import { columnOf, fieldOf, tableField } from './bigquery-cells.ts';
import { type BigQueryPlace, bigQueryClient } from './bigquery-client.ts';
import { dayStatesOf } from './bigquery-day-states.ts';
import { fromBigQuery } from './bigquery-errors.ts';
import { loadMetadata } from './bigquery-files.ts';
import { jobMetadata, loaded, metadataOf, queryOf, resultOf, startedJob } from './bigquery-jobs.ts';

const tableMetadata = z.object({
  schema: z.object({ fields: z.array(tableField).default([]) }).optional(),
});

/** BigQuery through its official client: Google Cloud, or the local server at `apiEndpoint`. */
export function bigQueryWarehouse(place: BigQueryPlace): Warehouse {
  const client = bigQueryClient(place);
  const datasetOf = async (table: TableName) => (await client()).dataset(split(table).dataset);
  const tableOf = async (table: TableName) => (await datasetOf(table)).table(split(table).table);

  const ensureDataset = async (table: TableName) => {
    await unlessConflict((await client()).createDataset(split(table).dataset));
  };

  const warehouse: Warehouse = {
    query: async (statement, options) => {
      const job = await startedJob(await client(), queryOf(statement, options));
      const result = await resultOf(job);
      const known = jobMetadata.safeParse(job.metadata);
      const isFinal = known.success && known.data.status.state === 'DONE';
      const { statistics } = isFinal ? known.data : await metadataOf(job).catch(rethrown);
      return { ...result, bytesProcessed: Number(statistics.totalBytesProcessed ?? 0) };
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
      const job = await startedJob(await client(), queryOf(statement, options));
      await resultOf(job);
      const { statistics } = await metadataOf(job).catch(rethrown);
      if (statistics.startTime === undefined)
        throw new PhasegateError('bug', `${job.id} has no start`);
      return {
        jobId: options.jobId,
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

    columnsOf: async (table) => {
      try {
        const [metadata] = await (await tableOf(table)).getMetadata();
        const fields = tableMetadata.parse(metadata).schema?.fields ?? [];
        return fields.map(columnOf).filter((column) => column !== null);
      } catch (error) {
        const known = fromBigQuery(error);
        if (isKind(known, 'not-found')) return null;
        throw known;
      }
    },

    dayStates: (tables) => dayStatesOf(client, tables),

    append: async (table, rows, { jobId, labels }) => {
      if (rows.length === 0) return;
      const lines = rows.map((row) => `${JSON.stringify(row)}\n`);
      await loaded(
        await client(),
        await tableOf(table),
        Readable.from(lines, { objectMode: false }),
        {
          jobId,
          sourceFormat: 'NEWLINE_DELIMITED_JSON',
          writeDisposition: 'WRITE_APPEND',
          createDisposition: 'CREATE_NEVER',
          ...(labels === undefined ? {} : { labels: { ...labels } }),
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
          createReadStream(file.path),
          metadata,
        );
        return { rows: Number(statistics.load?.outputRows ?? 0) };
      } catch (error) {
        const known = fromBigQuery(error);
        throw new PhasegateError(known.kind, `${file.path}: ${known.message}`, error);
      }
    },

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
