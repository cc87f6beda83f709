import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readExecutionEnded } from '../../shared/edge/execution-ended.ts';

const JOB = 'phasegate-jobs-succeed-test';
const EXECUTION = `${JOB}-x7k2p`;

const entry = {
  logName: 'projects/p/logs/cloudaudit.googleapis.com%2Fsystem_event',
  severity: 'INFO',
  resource: {
    type: 'cloud_run_job',
    labels: { project_id: 'p', location: 'europe-west1', job_name: JOB },
  },
  labels: { 'run.googleapis.com/execution_name': EXECUTION },
  protoPayload: {
    methodName: '/Jobs.RunJob',
    resourceName: `namespaces/p/executions/${EXECUTION}`,
    response: {
      metadata: { name: EXECUTION },
      status: { conditions: [{ type: 'Completed', status: 'True' }] },
    },
  },
};
const { labels: _, ...unlabelled } = entry;
const { response: __, ...bare } = entry.protoPayload;
const read = (body: unknown) => readExecutionEnded(JSON.stringify(body));

it.each([
  ['by its label', entry],
  ['by what Cloud Run answered', unlabelled],
  ['by the name of the resource', { ...unlabelled, protoPayload: bare }],
])('an execution that ended is known %s', (_how, body) => {
  expect(read(body)).toEqual({ job: JOB, execution: EXECUTION });
});

it('the execution of a job with the longest name is known', () => {
  const job = `phasegate-${'t'.repeat(53)}`;
  const execution = `${job}-x7k2p`;
  const named = { type: 'cloud_run_job', labels: { job_name: job } };
  const longest = {
    ...entry,
    resource: named,
    labels: { 'run.googleapis.com/execution_name': execution },
  };
  expect(read(longest)).toEqual({ job, execution });
});

it('a job that failed is named like one that did not: how it ended is not believed', () => {
  const status = { code: 10, message: 'Execution has failed to complete' };
  expect(read({ ...entry, protoPayload: { ...bare, status } })).toEqual(read(entry));
});

const ownMessage = { run: 'r', launch: 'l', table: 't', attempt: 1, result: 'succeeded' };
it.each([
  ["a job's own message", ownMessage],
  [
    'an entry of a service',
    { ...entry, resource: { ...entry.resource, type: 'cloud_run_revision' } },
  ],
  [
    'a job that was created',
    { ...entry, protoPayload: { ...bare, methodName: '/Jobs.CreateJob' } },
  ],
  ['no execution', { ...unlabelled, protoPayload: { methodName: '/Jobs.RunJob' } }],
  [
    'a path as the name',
    { ...entry, labels: { 'run.googleapis.com/execution_name': '../../jobs/other' } },
  ],
  [
    'a path as the job',
    { ...entry, resource: { type: 'cloud_run_job', labels: { job_name: 'a/b' } } },
  ],
])('%s is not an execution that ended', (_what, body) => {
  expect(read(body)).toBeNull();
});

it('whatever else arrives is no execution that ended, and no error', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (data) => {
      expect(readExecutionEnded(data)).toBeNull();
    }),
    { seed: 11, numRuns: 1000 },
  );
});
