import type { CloudSchedulerClient, protos } from '@google-cloud/scheduler';
import { topicName } from '../../core/cloud-names.ts';
import { PhasegateError } from '../../core/errors.ts';
import type { Trigger } from '../../core/monitor/trigger-findings.ts';
import { TOPICS } from '../../ports/bus.ts';
import type { Scheduler } from '../../ports/scheduler.ts';
import { isNotFound } from './cloud-run-errors.ts';
import type { FirestoreClient } from './firestore-client.ts';
import { firestorePauses } from './firestore-pauses.ts';
import { inTime } from './in-time.ts';

type Job = protos.google.cloud.scheduler.v1.IJob;

export type CloudSchedulerPlace = Readonly<{
  client: () => Promise<CloudSchedulerClient>;
  /** Keeps why something is paused: Cloud Scheduler has no place for it. */
  firestore: FirestoreClient;
  project: string;
  region: string;
  /** The suffix of names, without its dash; empty: names have none. */
  environment: string;
}>;

const ANSWER_MS = 20_000;
const PREFIX = 'phasegate-';

/** What infra/schedule.tf makes: jobs called `phasegate-NAME`, with the environment behind it. */
export function cloudScheduler(place: CloudSchedulerPlace): Scheduler {
  const { client, project, region, environment } = place;
  const parent = `projects/${project}/locations/${region}`;
  const pauses = firestorePauses(place.firestore);
  const pathOf = (name: string) => `${parent}/jobs/${topicName(PREFIX + name, environment)}`;

  const asked = async <Result>(
    what: string,
    ask: (scheduler: CloudSchedulerClient) => Promise<Result>,
  ): Promise<Result> => {
    try {
      return await inTime('Cloud Scheduler', ANSWER_MS, client().then(ask));
    } catch (error) {
      if (error instanceof PhasegateError) throw error;
      const why = error instanceof Error ? error.message : String(error);
      const kind = isNotFound(error) ? 'not-found' : 'unavailable';
      throw new PhasegateError(kind, `${what}: ${why}`, error);
    }
  };

  return {
    async list() {
      const [jobs] = await asked('schedules cannot be listed', (scheduler) =>
        scheduler.listJobs({ parent }),
      );
      const kept = await pauses.all();
      const triggers = jobs.flatMap((job) => {
        const name = nameOf(job, environment);
        return name === null ? [] : [triggerOf(name, job, environment, kept.get(name) ?? null)];
      });
      return triggers.sort((a, b) => (a.name < b.name ? -1 : 1));
    },

    async pause(name, pause) {
      await asked(`schedule ${name} is not paused`, (scheduler) =>
        scheduler.pauseJob({ name: pathOf(name) }),
      );
      await pauses.keep(name, pause);
    },

    async resume(name) {
      await asked(`schedule ${name} is not resumed`, (scheduler) =>
        scheduler.resumeJob({ name: pathOf(name) }),
      );
      await pauses.drop(name);
    },

    async run(name) {
      await asked(`schedule ${name} was not called`, (scheduler) =>
        scheduler.runJob({ name: pathOf(name) }),
      );
    },
  };
}

/** Null for jobs of others, and of other environments. */
function nameOf({ name }: Job, environment: string): string | null {
  const last = name?.split('/').at(-1) ?? '';
  const suffix = environment === '' ? '' : `-${environment}`;
  if (!last.startsWith(PREFIX) || !last.endsWith(suffix)) return null;
  return last.slice(PREFIX.length, last.length - suffix.length);
}

function triggerOf(
  name: string,
  { schedule, timeZone, pubsubTarget, state, userUpdateTime, lastAttemptTime, status }: Job,
  environment: string,
  pause: Trigger['pause'],
): Trigger {
  const target = pubsubTarget?.topicName?.split('/').at(-1);
  const topic = TOPICS.find((each) => topicName(each, environment) === target) ?? target ?? null;
  const isPaused = state !== 'ENABLED' && state !== 1;
  return {
    name,
    cron: schedule ?? '',
    timeZone: timeZone ?? '',
    topic,
    body: textOf(pubsubTarget?.data),
    isPaused,
    pause: isPaused ? pause : null,
    knownAt: instantOf(userUpdateTime),
    lastAttemptAt: instantOf(lastAttemptTime),
    lastFailure: (status?.code ?? 0) === 0 ? null : (status?.message ?? `code ${status?.code}`),
  };
}

function instantOf(time: protos.google.protobuf.ITimestamp | null | undefined): string | null {
  const seconds = Number(time?.seconds ?? 0);
  if (seconds === 0) return null;
  return new Date(seconds * 1000 + Math.floor((time?.nanos ?? 0) / 1_000_000)).toISOString();
}

/** Bytes, or base64 where they came as JSON. */
function textOf(data: Uint8Array | string | null | undefined): string {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'base64') : Buffer.from(data ?? []);
  return bytes.toString('utf8');
}
