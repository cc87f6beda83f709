import { createServer } from 'node:http';
import { topicName } from '../../shared/core/cloud-names.ts';
import type { ExpectedTrigger } from '../../shared/core/monitor/expected-triggers.ts';
import { close, listening } from './pushed.ts';

export type ScheduledJob = {
  name: string;
  schedule: string;
  timeZone: string;
  state: 'ENABLED' | 'PAUSED';
  pubsubTarget?: { topicName: string; data: string };
  httpTarget?: { uri: string };
  lastAttemptTime?: string;
  status?: { code: number; message: string };
};

export type SchedulePlace = Readonly<{ project: string; region: string; environment: string }>;

/** As infra makes it. */
export function scheduledJob(
  { project, region, environment }: SchedulePlace,
  { name, cron, timeZone, topic, body }: ExpectedTrigger,
): ScheduledJob {
  const job = {
    name: `projects/${project}/locations/${region}/jobs/${topicName(`phasegate-${name}`, environment)}`,
    schedule: cron,
    timeZone,
    state: 'ENABLED' as const,
  };
  if (topic === null) return { ...job, httpTarget: { uri: 'https://reconcile.example' } };
  const topicPath = `projects/${project}/topics/${topicName(topic, environment)}`;
  const data = Buffer.from(body).toString('base64');
  return { ...job, pubsubTarget: { topicName: topicPath, data } };
}

export type SchedulerServer = Readonly<{
  url: string;
  jobs: readonly ScheduledJob[];
  /** Bodies of the messages that jobs published. */
  published: readonly unknown[];
  close(): Promise<void>;
}>;

const LIST = /^\/v1\/(projects\/[^/]+\/locations\/[^/]+)\/jobs$/;
const ACT = /^\/v1\/(projects\/[^/]+\/locations\/[^/]+\/jobs\/[^/:]+):(pause|resume|run)$/;

/** Cloud Scheduler's own protocol, as far as its client speaks it here: https://cloud.google.com/scheduler/docs/reference/rest. */
export async function openSchedulerServer(
  jobs: readonly ScheduledJob[],
  now: () => string,
  pageSize = 2,
): Promise<SchedulerServer> {
  const published: unknown[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (LIST.test(url.pathname)) {
      const from = Number(url.searchParams.get('pageToken') ?? '0');
      const more = from + pageSize < jobs.length ? { nextPageToken: String(from + pageSize) } : {};
      return send(200, { jobs: jobs.slice(from, from + pageSize), ...more });
    }
    const [, name, what] = ACT.exec(url.pathname) ?? [];
    const job = jobs.find((each) => each.name === name);
    if (job === undefined) {
      const message = `no job ${name}`;
      return send(404, { error: { code: 404, message, status: 'NOT_FOUND' } });
    }
    if (what === 'run') {
      job.lastAttemptTime = now();
      const data = Buffer.from(job.pubsubTarget?.data ?? '', 'base64').toString('utf8');
      published.push(JSON.parse(data));
    } else job.state = what === 'pause' ? 'PAUSED' : 'ENABLED';
    return send(200, job);
  });
  return { url: await listening(server), jobs, published, close: () => close(server) };
}
