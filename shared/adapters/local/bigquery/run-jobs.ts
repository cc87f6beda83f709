import { PhasegateError } from '../../../core/errors.ts';
import { bytesBilled, bytesProcessed } from './billing.ts';
import type { Database } from './database.ts';
import { tooExpensive } from './faults.ts';
import type { Holds } from './holds.ts';
import type { Job, Jobs, Outcome, Run, Statistics } from './jobs.ts';
import { changedBy, loadFile } from './load.ts';
import { prepareReplacement, replaceDays } from './replace-days.ts';
import { replacementOf } from './replacement.ts';
import type { JobRequest } from './requests.ts';
import { prepareQuery, readRows } from './run-query.ts';
import type { BytesRead } from './scans.ts';
import { kindOf } from './translate/node.ts';
import { parseStatement } from './translate/translate.ts';

type Query = NonNullable<JobRequest['configuration']['query']>;

export type JobRunner = Readonly<{
  /** Starts a job; `path` is the uploaded file of a load. Repeating a known id is a `conflict`. */
  start: (request: JobRequest, configuration: unknown, path?: string) => Promise<Job>;
  /** What a dry run answers: statistics and the columns of the result. */
  dryRun: (query: Query) => Promise<Outcome>;
}>;

export function openJobRunner(
  database: Database,
  jobs: Jobs,
  holds: Holds,
  project: string,
): JobRunner {
  const dryRun = (query: Query) =>
    database.read(async (connection, known): Promise<Outcome> => {
      const statement = parseStatement(query.query);
      if (kindOf(statement) !== 'merge') {
        const { fields, bytes } = await prepareQuery(
          connection,
          known,
          statement,
          query.queryParameters,
          project,
        );
        return { statistics: dryStatisticsOf('SELECT', bytes), fields };
      }
      const { bytes } = await prepareReplacement(
        connection,
        known,
        replacementOf(statement),
        query.queryParameters,
        project,
      );
      return { statistics: dryStatisticsOf('MERGE', bytes) };
    });

  const read = async (statement: unknown, query: Query, run: Run, jobId: string | undefined) => {
    run.started();
    await holds.released(jobId);
    return database.read(async (connection, known): Promise<Outcome> => {
      const prepared = await prepareQuery(
        connection,
        known,
        statement,
        query.queryParameters,
        project,
      );
      refuseExpensive(prepared.bytes, query);
      const rows = await readRows(connection, prepared);
      return { statistics: statisticsOf('SELECT', prepared.bytes), fields: prepared.fields, rows };
    });
  };

  const replace = async (statement: unknown, query: Query, run: Run, jobId: string | undefined) => {
    await holds.released(jobId);
    return database.write('rows', async (connection, known): Promise<Outcome> => {
      run.started();
      const parameters = query.queryParameters;
      const replacement = replacementOf(statement);
      const prepared = await prepareReplacement(
        connection,
        known,
        replacement,
        parameters,
        project,
      );
      refuseExpensive(prepared.bytes, query);
      const { deleted, inserted } = await replaceDays(
        connection,
        replacement,
        prepared,
        parameters,
        run.tick,
      );
      const statistics = statisticsOf('MERGE', prepared.bytes, {
        numDmlAffectedRows: String(deleted + inserted),
        dmlStats: { insertedRowCount: String(inserted), deletedRowCount: String(deleted) },
      });
      if (jobId !== undefined) await keepJob(connection, jobId, run, statistics);
      return { statistics, fields: [], rows: [] };
    });
  };

  return {
    dryRun,
    start: ({ configuration, jobReference }, asGiven, path) => {
      const { query, load } = configuration;
      const { jobId } = jobReference;
      return jobs.start(jobId, asGiven, async (run) => {
        if (query) {
          const statement = parseStatement(query.query);
          const isWrite = kindOf(statement) === 'merge';
          return (isWrite ? replace : read)(statement, query, run, jobId);
        }
        if (!load || path === undefined) {
          throw new PhasegateError(
            'invalid-input',
            'a job here is a query or the load of an uploaded file',
          );
        }
        return database.write(changedBy(load), async (connection, known) => {
          run.started();
          const rows = await loadFile(connection, known, load, path, run.tick);
          const statistics: Statistics = { load: { outputRows: String(rows), badRecords: '0' } };
          if (jobId !== undefined) await keepJob(connection, jobId, run, statistics);
          return { statistics };
        });
      });
    },
  };
}

async function keepJob(
  connection: { run: (sql: string, values: string[]) => Promise<unknown> },
  jobId: string,
  run: Run,
  statistics: Statistics,
): Promise<void> {
  await connection.run('INSERT INTO _phasegate.jobs VALUES ($1, $2)', [
    jobId,
    run.finished(statistics),
  ]);
}

function statisticsOf(
  statementType: string,
  bytes: BytesRead,
  more: Readonly<Record<string, unknown>> = {},
): Statistics {
  const totalBytesProcessed = String(bytesProcessed(bytes));
  const totalBytesBilled = String(bytesBilled(bytes));
  return {
    totalBytesProcessed,
    query: { statementType, totalBytesProcessed, totalBytesBilled, cacheHit: false, ...more },
  };
}

/** A dry run is free. */
function dryStatisticsOf(statementType: string, bytes: BytesRead): Statistics {
  return statisticsOf(statementType, bytes, { totalBytesBilled: '0' });
}

function refuseExpensive(bytes: BytesRead, { maximumBytesBilled }: Query): void {
  const needed = bytesBilled(bytes);
  if (maximumBytesBilled !== undefined && needed > maximumBytesBilled) {
    throw tooExpensive(maximumBytesBilled, needed);
  }
}
