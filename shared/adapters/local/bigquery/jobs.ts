import { randomUUID } from 'node:crypto';
import { PhasegateError } from '../../../core/errors.ts';
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import { asPhasegateError, faultOf } from './faults.ts';
import { textLiteral } from './translate/node.ts';
import type { TableField } from './types.ts';
import type { WireRow } from './values.ts';

export type Statistics = Readonly<{
  query?: Readonly<Record<string, unknown>>;
  load?: Readonly<Record<string, unknown>>;
  totalBytesProcessed?: string;
}>;

export type Outcome = Readonly<{
  statistics: Statistics;
  fields?: readonly TableField[];
  rows?: readonly WireRow[];
}>;

/** A job as `jobs.get` shows it. */
export type JobResource = Readonly<Record<string, unknown>>;

export type Job = Readonly<{
  resource: () => JobResource;
  outcome: () => Outcome | null;
  fault: () => PhasegateError | null;
  ended: Promise<void>;
}>;

/** Handed to the work of a job: its start is the moment it has the warehouse to itself. */
export type Run = Readonly<{
  started: () => void;
  tick: () => number;
  /** What to keep of the finished job, inside the transaction that does its work. */
  finished: (statistics: Statistics) => string;
}>;

export type Jobs = Readonly<{
  start: (
    id: string | undefined,
    configuration: unknown,
    work: (run: Run) => Promise<Outcome>,
  ) => Promise<Job>;
  find: (id: string) => Promise<Job>;
  /** Says that somebody has all of the job's rows. */
  delivered: (id: string) => void;
}>;

/** Rows that somebody has are kept for a repeated question, others for who comes back for them; after that only what the file keeps is known. */
const DELIVERED_MS = 120_000;
const AWAITED_MS = 3_600_000;

export function openJobs(database: Database, clock: Clock, project: string): Jobs {
  const live = new Map<string, Job>();
  const timers = new Map<string, NodeJS.Timeout>();
  const find = async (id: string): Promise<Job | null> => live.get(id) ?? storedJob(database, id);
  const keep = (id: string, ms: number) => {
    clearTimeout(timers.get(id));
    const forget = () => {
      live.delete(id);
      timers.delete(id);
    };
    timers.set(id, setTimeout(forget, ms).unref());
  };
  return {
    delivered: (id) => {
      if (live.has(id)) keep(id, DELIVERED_MS);
    },
    find: async (id) => {
      const job = await find(id);
      if (job === null) throw new PhasegateError('not-found', `Not found: Job ${project}:US.${id}`);
      return job;
    },
    start: async (id, configuration, work) => {
      const jobId = id ?? `job_${randomUUID()}`;
      if (id !== undefined && (live.has(id) || (await find(id)) !== null)) {
        throw new PhasegateError('conflict', `Already Exists: Job ${project}:US.${id}`);
      }
      if (live.has(jobId))
        throw new PhasegateError('conflict', `Already Exists: Job ${project}:US.${jobId}`);
      const job = startJob(jobId, configuration, work, clock, project);
      live.set(jobId, job);
      job.ended.then(() => keep(jobId, AWAITED_MS));
      return job;
    },
  };
}

function startJob(
  jobId: string,
  configuration: unknown,
  work: (run: Run) => Promise<Outcome>,
  clock: Clock,
  project: string,
): Job {
  const creationTime = clock.tick();
  let startTime: number | null = null;
  let endTime: number | null = null;
  let outcome: Outcome | null = null;
  let fault: PhasegateError | null = null;
  const show = (state: string, statistics: Statistics, ended: number | null): JobResource => ({
    kind: 'bigquery#job',
    id: `${project}:US.${jobId}`,
    jobReference: { projectId: project, jobId, location: 'US' },
    configuration,
    status: { state, ...(fault ? errorResult(fault) : {}) },
    statistics: {
      creationTime: String(creationTime),
      ...(startTime === null ? {} : { startTime: String(startTime) }),
      ...(ended === null ? {} : { endTime: String(ended) }),
      ...statistics,
    },
  });
  const run: Run = {
    started: () => {
      startTime = clock.tick();
    },
    tick: clock.tick,
    finished: (statistics) => JSON.stringify(show('DONE', statistics, clock.tick())),
  };
  const ended = work(run)
    .then((result) => {
      outcome = result;
    })
    .catch((error) => {
      fault = asPhasegateError(error);
    })
    .then(() => {
      endTime = clock.tick();
    });
  return {
    resource: () => {
      const state = endTime === null ? (startTime === null ? 'PENDING' : 'RUNNING') : 'DONE';
      return show(state, outcome?.statistics ?? {}, endTime);
    },
    outcome: () => outcome,
    fault: () => fault,
    ended,
  };
}

async function storedJob(database: Database, id: string): Promise<Job | null> {
  const found = await database.read((connection) =>
    connection.runAndReadAll(`SELECT job FROM _phasegate.jobs WHERE job_id = ${textLiteral(id)}`),
  );
  const [row] = found.getRows();
  if (row === undefined) return null;
  const resource = JSON.parse(String(row[0])) as JobResource & { statistics: Statistics };
  return {
    resource: () => resource,
    outcome: () => ({ statistics: resource.statistics, fields: [], rows: [] }),
    fault: () => null,
    ended: Promise.resolve(),
  };
}

function errorResult(error: PhasegateError) {
  const { reason, message } = faultOf(error);
  return { errorResult: { reason, message }, errors: [{ reason, message }] };
}
