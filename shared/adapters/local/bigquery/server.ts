import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PhasegateError } from '../../../core/errors.ts';
import { createBookkeeping, forgetTable, hasTable, registeredTables } from './catalog.ts';
import { type Clock, clockAfter } from './clock.ts';
import { type Database, openDatabase } from './database.ts';
import {
  createDataset,
  createTableFrom,
  deleteTable,
  getDataset,
  getTable,
} from './dataset-routes.ts';
import { refreshDayStates } from './day-states.ts';
import { openHolds } from './holds.ts';
import { type Call, callOf, jsonBody, reply, replyWithError } from './http.ts';
import { type JobRoutes, jobRoutes } from './job-routes.ts';
import { openJobs } from './jobs.ts';
import { openJobRunner } from './run-jobs.ts';
import { changeView, createView, isViewRequest } from './view-routes.ts';
import { forgetDroppedViews } from './views.ts';

export type BigQueryServer = Readonly<{
  port: number;
  url: string;
  /** Keeps the query job of this id, started now or later, running until the returned function is called. */
  hold: (jobId: string) => () => void;
  close: () => Promise<void>;
}>;

/** A client may judge for many seconds between two requests; an upload on a connection closed meanwhile is not sent again. */
const KEEP_ALIVE_MS = 600_000;

/**
 * A BigQuery-shaped server over one DuckDB file, on 127.0.0.1 at a port of the system's choice.
 *
 * A dataset is a schema and a table a table of that file; what only we need lies in its schema
 * `_phasegate`. Changes that others made while the file was closed are noticed here.
 *
 * @throws PhasegateError `conflict` naming the pid that owns the file, `invalid-input` for a file
 * that is no database (it is left as it was)
 */
export async function openBigQueryServer(
  options: Readonly<{ file: string; project?: string }>,
): Promise<BigQueryServer> {
  const { file, project = 'local' } = options;
  const database = await openDatabase(file);
  const clock = await noticeChanges(database).catch(async (error) => {
    await database.close();
    throw error;
  });
  const jobs = openJobs(database, clock, project);
  const holds = openHolds();
  const routes = jobRoutes(openJobRunner(database, jobs, holds, project), jobs, project);
  const server = createServer((request, response) => {
    const call = callOf(request, response);
    dispatch(call, database, routes, project, clock).catch((error) => replyWithError(call, error));
  });
  server.requestTimeout = 0;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    hold: holds.hold,
    close: async () => {
      holds.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await database.close();
    },
  };
}

async function noticeChanges(database: Database): Promise<Clock> {
  return database.write('names', async (connection) => {
    await createBookkeeping(connection);
    const found = await connection.runAndReadAll(
      'SELECT coalesce(max(changed_at_ms), 0) FROM _phasegate.day_states',
    );
    await forgetDroppedViews(connection);
    const clock = clockAfter(Number(found.getRows()[0]?.[0] ?? 0));
    for (const { path, partitioning } of await registeredTables(connection)) {
      if (await hasTable(connection, path)) {
        const dayColumn = partitioning?.dayColumn ?? null;
        await refreshDayStates(connection, path, dayColumn, null, clock.tick());
      } else {
        await forgetTable(connection, path);
      }
    }
    return clock;
  });
}

async function dispatch(
  call: Call,
  database: Database,
  routes: JobRoutes,
  project: string,
  clock: Clock,
): Promise<void> {
  const [top, owner, kind, first, below, second, ...rest] = call.path
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  const route = `${call.method} ${[top, kind, below].filter((part) => part !== undefined).join('/')}`;
  const depth = [owner, kind, first, below, second].filter((part) => part !== undefined).length;
  if (rest.length > 0 || top !== 'projects') throw unknownRoute(call);
  if (call.isUpload) return routes.upload(call);
  const name = first ?? '';
  switch (`${route} ${depth}`) {
    case 'POST projects/jobs 2':
      return routes.insert(call);
    case 'GET projects/jobs 3':
      return routes.show(call, name);
    case 'POST projects/queries 2':
      return routes.query(call);
    case 'GET projects/queries 3':
      return routes.results(call, name);
    case 'POST projects/datasets 2': {
      const body = await jsonBody(call);
      return reply(
        call,
        await database.write('names', (connection) => createDataset(connection, project, body)),
      );
    }
    case 'GET projects/datasets 3':
      return reply(
        call,
        await database.read((connection) => getDataset(connection, project, name)),
      );
    case 'POST projects/datasets/tables 4': {
      const body = await jsonBody(call);
      return reply(
        call,
        await database.write<unknown>('names', (connection) =>
          isViewRequest(body)
            ? createView(connection, project, name, body)
            : createTableFrom(connection, project, name, body, clock.tick),
        ),
      );
    }
    case 'PATCH projects/datasets/tables 5': {
      const body = await jsonBody(call);
      return reply(
        call,
        await database.write('names', (connection) =>
          changeView(connection, project, name, second ?? '', body),
        ),
      );
    }
    case 'GET projects/datasets/tables 5':
      return reply(
        call,
        await database.read((connection, known) =>
          getTable(connection, known, project, name, second ?? ''),
        ),
      );
    case 'DELETE projects/datasets/tables 5':
      await database.write('names', (connection) => deleteTable(connection, name, second ?? ''));
      return reply(call, undefined, 204);
    default:
      throw unknownRoute(call);
  }
}

function unknownRoute({ method, path }: Call): PhasegateError {
  return new PhasegateError('not-found', `Not found: the local warehouse has no ${method} ${path}`);
}
