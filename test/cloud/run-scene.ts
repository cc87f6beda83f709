import { readFileSync, watch, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type CloudRunJobRunner,
  type CloudRunOptions,
  cloudRunJobRunner,
} from '../../shared/adapters/gcp/cloud-run-job-runner.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { jobName } from '../../shared/core/job-name.ts';
import type { JobFinishedMessage } from '../../shared/core/messages.ts';
import { readExecutionEnded } from '../../shared/edge/execution-ended.ts';
import type { Launch } from '../../shared/ports/job-runner.ts';
import { BEHAVIOURS } from '../contract/job-runner.ts';
import { emptyDirectory } from '../e2e/phasegate.ts';
import { memoryLeases } from './memory-leases.ts';
import { openRunServer, type RunServer, type RunServerOptions } from './run-server.ts';
import type { DeclaredJob } from './run-server-execution.ts';

const JOB = resolve(import.meta.dirname, '../fixtures/behaving-job.ts');

/** Nothing in a test is decided by how fast the machine is. */
export const PATIENT = { callMs: 20_000, settleMs: 20_000, patienceMs: 50_000, pollMs: 10 };
export const IMPATIENT = { ...PATIENT, patienceMs: 0 };

export type RunScene = Readonly<{
  server: RunServer;
  runner: CloudRunJobRunner;
  leases: ReturnType<typeof memoryLeases>;
  /** Another instance beside the first, over the same leases. */
  instance(options?: Partial<CloudRunOptions>): CloudRunJobRunner;
  /** What the log sink published and the first instance made of it: null where it was nobody's end. */
  told: readonly (JobFinishedMessage | null)[];
  /** A line for each job that began: its launch, its days, and whether it starts nothing downstream. */
  starts(): readonly string[];
  startsOf(launch: Launch): number;
  /** Resolves when it is so; looked at whenever a job begins or ends. */
  until(isSo: () => boolean): Promise<void>;
  /** Resolves when all that was published up to now has been read. */
  allRead(): Promise<void>;
  /** Resolves when every execution is over and all that was published has been read. */
  settled(): Promise<void>;
  close(): Promise<void>;
}>;

type Options = Partial<RunServerOptions> &
  Readonly<{ job?: Partial<DeclaredJob>; runner?: Partial<CloudRunOptions> }>;

/** A local Cloud Run with a job for each behaviour, and a runner in front of it through the official client. */
export async function openRunScene(options: Options = {}): Promise<RunScene> {
  const { job, runner: own, ...ofServer } = options;
  const file = join(emptyDirectory(), 'starts.txt');
  writeFileSync(file, '');
  const hearers = new Set<() => void>();
  const hear = () => {
    for (const each of hearers) each();
  };
  const told: (JobFinishedMessage | null)[] = [];
  const reading = new Set<Promise<void>>();
  const server = await openRunServer({
    jobs: Object.fromEntries(
      BEHAVIOURS.map((name) => {
        const table = parseTableName(name);
        return [jobName(table, 'test'), { command: [JOB, 'job', table], ...job }];
      }),
    ),
    environment: { STARTS_FILE: file },
    graceMs: 1500,
    ...ofServer,
    onEnd(entry) {
      const read = readEnd(entry).finally(() => reading.delete(read));
      reading.add(read);
    },
  });
  const leases = memoryLeases();
  const instance = (more: Partial<CloudRunOptions> = {}) =>
    cloudRunJobRunner({
      project: 'local',
      region: 'local',
      endpoint: server.url,
      jobNameOf: (table) => jobName(table, 'test'),
      leases,
      environment: { PHASEGATE_PROJECT: 'local', PHASEGATE_API: 'http://127.0.0.1:9' },
      timeoutMsOf: async () => 600_000,
      keepDays: async (launch) => `gs://kept/${launch}`,
      deadlines: PATIENT,
      now: () => new Date().toISOString(),
      ...own,
      ...more,
    });
  const runner = instance();
  async function readEnd(entry: string): Promise<void> {
    const ended = readExecutionEnded(entry);
    told.push(ended === null ? null : await runner.endOf(ended));
    hear();
  }
  const allRead = async () => {
    await Promise.all(reading);
  };
  const watcher = watch(file, hear);
  const starts = () => readFileSync(file, 'utf8').split('\n').slice(0, -1);
  const until = (isSo: () => boolean) =>
    new Promise<void>((done) => {
      const look = () => {
        if (!isSo()) return;
        hearers.delete(look);
        done();
      };
      hearers.add(look);
      look();
    });
  return {
    server,
    runner,
    leases,
    instance,
    told,
    starts,
    startsOf: ({ id }) => starts().filter((line) => line.startsWith(`${id} `)).length,
    until,
    allRead,
    async settled() {
      await Promise.all(server.executions.map(({ ended }) => ended));
      await until(() => told.length >= server.executions.length);
      await allRead();
    },
    async close() {
      watcher.close();
      await allRead();
      await server.close();
    },
  };
}
