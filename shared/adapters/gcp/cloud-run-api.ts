import type { protos } from '@google-cloud/run';
import type { CloudRunClients, CloudRunPlace } from './cloud-run-client.ts';
import { isNotFound, unavailable } from './cloud-run-errors.ts';
import {
  type Execution,
  readExecution,
  readTaskEnd,
  shortName,
  type TaskEnd,
} from './cloud-run-execution.ts';

export type Overrides = protos.google.cloud.run.v2.RunJobRequest.IOverrides;

/** What a job's template says of every execution. */
export type JobTemplate = Readonly<{
  image: string;
  container: string;
  /** Null: not said, which is 3. */
  maxRetries: number | null;
}>;

/**
 * The calls we make, by short names. Each gives up after so many milliseconds and is made once. Trouble is
 * PhasegateError `unavailable`; only `run` throws what the client threw.
 */
export type CloudRunApi = Readonly<{
  /** Null when there is no such job. */
  template(job: string): Promise<JobTemplate | null>;
  /** The execution's short name. */
  run(job: string, overrides: Overrides): Promise<string>;
  /** Null when Cloud Run does not have it any more. */
  execution(job: string, name: string): Promise<Execution | null>;
  /** The newest first, of one job or, for `-`, of all jobs of the region; those created before `since` are left out. */
  executions(job: string, since: number): AsyncIterable<Execution>;
  taskEnds(job: string, name: string): Promise<readonly TaskEnd[]>;
  /** Stopping one that is over, or gone, is fine. */
  stop(job: string, name: string): Promise<void>;
}>;

const PAGE = 100;

export function cloudRunApi(
  { project, region }: CloudRunPlace,
  clients: () => Promise<CloudRunClients>,
  callMs: number,
): CloudRunApi {
  const once = { timeout: callMs, retry: null, autoPaginate: false };
  const jobPath = (job: string) => `projects/${project}/locations/${region}/jobs/${job}`;
  const path = (job: string, name: string) => `${jobPath(job)}/executions/${name}`;

  async function execution(job: string, name: string): Promise<Execution | null> {
    try {
      const { executions } = await clients();
      const [found] = await executions.getExecution({ name: path(job, name) }, once);
      return readExecution(found);
    } catch (error) {
      if (isNotFound(error)) return null;
      throw unavailable(`execution ${name} cannot be read`, error);
    }
  }

  return {
    async template(job) {
      try {
        const { jobs } = await clients();
        const [found] = await jobs.getJob({ name: jobPath(job) }, once);
        const task = found.template?.template;
        const [container] = task?.containers ?? [];
        return {
          image: container?.image ?? '',
          container: container?.name ?? '',
          maxRetries: task?.maxRetries ?? null,
        };
      } catch (error) {
        if (isNotFound(error)) return null;
        throw unavailable(`job ${job} cannot be read`, error);
      }
    },

    async run(job, overrides) {
      const { jobs } = await clients();
      const [operation] = await jobs.runJob({ name: jobPath(job), overrides }, once);
      const name = (operation.metadata as { name?: string | null } | null)?.name ?? '';
      if (name === '') throw new Error(`Cloud Run did not say which execution of ${job} it began`);
      return shortName(name);
    },

    execution,

    async *executions(job, since) {
      try {
        const { executions } = await clients();
        const request = { parent: jobPath(job), pageSize: PAGE };
        for await (const found of executions.listExecutionsAsync(request, once)) {
          const read = readExecution(found);
          if (read.createdAt !== null && read.createdAt < since) return;
          yield read;
        }
      } catch (error) {
        throw unavailable(`the executions of job ${job} cannot be listed`, error);
      }
    },

    async taskEnds(job, name) {
      try {
        const { tasks } = await clients();
        const ends: TaskEnd[] = [];
        const request = { parent: path(job, name), pageSize: PAGE };
        for await (const task of tasks.listTasksAsync(request, once)) ends.push(readTaskEnd(task));
        return ends;
      } catch (error) {
        throw unavailable(`the tasks of execution ${name} cannot be listed`, error);
      }
    },

    async stop(job, name) {
      try {
        const { executions } = await clients();
        await executions.cancelExecution({ name: path(job, name) }, once);
      } catch (error) {
        const now = await execution(job, name);
        if (now !== null && !now.isOver) {
          throw unavailable(`execution ${name} was not asked to stop`, error);
        }
      }
    },
  };
}
