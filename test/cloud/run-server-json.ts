import { constants } from 'node:os';
import type { DeclaredJob, RunExecution, RunTask } from './run-server-execution.ts';

export type Place = Readonly<{ project: string; region: string }>;

export const jobPath = ({ project, region }: Place, job: string) =>
  `projects/${project}/locations/${region}/jobs/${job}`;
export const executionPath = (place: Place, { job, name }: RunExecution) =>
  `${jobPath(place, job)}/executions/${name}`;

const at = (milliseconds: number) => new Date(milliseconds).toISOString();
const hasSucceeded = (task: RunTask) => task.exitCode === 0;

/** https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.jobs */
export function jobJson(place: Place, name: string, declared: DeclaredJob): object {
  const { image = 'local', maxRetries = 0, taskCount = 1, timeoutSeconds = 600 } = declared;
  const env = variables(declared.environment ?? {});
  return {
    name: jobPath(place, name),
    template: {
      taskCount,
      template: {
        containers: [{ name: 'job', image, env }],
        maxRetries,
        timeout: `${timeoutSeconds}s`,
      },
    },
  };
}

/** https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.jobs.executions */
export function executionJson(place: Place, execution: RunExecution): object {
  const { createdAt, completedAt, tasks, isCancelled, timeoutSeconds } = execution;
  const succeeded = tasks.filter(hasSucceeded).length;
  const left = tasks.length - succeeded;
  const over = completedAt === null ? {} : { completionTime: at(completedAt) };
  return {
    name: executionPath(place, execution),
    job: execution.job,
    createTime: at(createdAt),
    startTime: at(createdAt),
    ...over,
    taskCount: tasks.length,
    runningCount: completedAt === null ? tasks.length : 0,
    succeededCount: succeeded,
    failedCount: completedAt === null || isCancelled ? 0 : left,
    cancelledCount: completedAt !== null && isCancelled ? left : 0,
    logUri: `https://console.cloud.google.com/logs/${execution.name}`,
    template: {
      containers: [{ name: 'job', image: 'local', env: variables(execution.environment) }],
      maxRetries: 0,
      timeout: `${timeoutSeconds}s`,
    },
    conditions: [conditionOf(execution, left)],
  };
}

/** https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.jobs.executions.tasks */
export function taskJson(place: Place, execution: RunExecution, task: RunTask): object {
  const { startedAt, completedAt, exitCode, signal } = task;
  const result =
    exitCode === null
      ? { status: {}, termSignal: constants.signals[signal ?? 'SIGKILL'] }
      : { status: {}, exitCode };
  return {
    name: `${executionPath(place, execution)}/tasks/${execution.name}-task${task.index}`,
    index: task.index,
    startTime: at(startedAt),
    timeout: `${execution.timeoutSeconds}s`,
    ...(completedAt === null ? {} : { completionTime: at(completedAt), lastAttemptResult: result }),
  };
}

/** The entry of the audit log when an execution has ended, as a log sink publishes it. */
export function endedEntry(place: Place, { job, name, tasks }: RunExecution): object {
  const isWell = tasks.every(hasSucceeded);
  const completed = { type: 'Completed', status: isWell ? 'True' : 'False' };
  return {
    logName: `projects/${place.project}/logs/cloudaudit.googleapis.com%2Fsystem_event`,
    severity: isWell ? 'INFO' : 'ERROR',
    timestamp: at(Date.now()),
    resource: {
      type: 'cloud_run_job',
      labels: { project_id: place.project, location: place.region, job_name: job },
    },
    labels: { 'run.googleapis.com/execution_name': name },
    protoPayload: {
      '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
      serviceName: 'run.googleapis.com',
      methodName: '/Jobs.RunJob',
      resourceName: `namespaces/${place.project}/executions/${name}`,
      response: {
        apiVersion: 'run.googleapis.com/v1',
        kind: 'Execution',
        metadata: { name, labels: { 'run.googleapis.com/job': job } },
        status: { conditions: [completed] },
      },
    },
  };
}

function conditionOf({ completedAt, isCancelled }: RunExecution, left: number): object {
  const type = 'Completed';
  if (completedAt === null) return { type, state: 'CONDITION_RECONCILING' };
  if (left === 0) return { type, state: 'CONDITION_SUCCEEDED' };
  const executionReason = isCancelled ? 'CANCELLED' : 'NON_ZERO_EXIT_CODE';
  return { type, state: 'CONDITION_FAILED', executionReason };
}

function variables(environment: Readonly<Record<string, string>>): object[] {
  return Object.entries(environment).map(([name, value]) => ({ name, value }));
}
