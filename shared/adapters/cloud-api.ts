import type { Seal } from '../core/checklist.ts';
import { isKind, PhasegateError } from '../core/errors.ts';
import type { RunId } from '../core/ids.ts';
import type { LineageEvent } from '../core/lineage/lineage-event.ts';
import type { AskingMessage } from '../core/messages.ts';
import type { Definition } from '../core/pipeline.ts';
import type { RunReport } from '../core/report.ts';
import type { RunState } from '../core/run.ts';
import {
  type DoctorAnswer,
  type ListedMonitor,
  type Listing,
  readDoctor,
  readIsKept,
  readLineageAnswer,
  readListing,
  readMonitors,
  readRefusal,
  readReportAnswer,
  readSeals,
  readSent,
  readStarted,
  readStateAnswer,
  readTriggers,
  type Sent,
} from '../edge/api-answers.ts';
import { readDefinition } from '../edge/pipeline-file.ts';
import type { Scheduler } from '../ports/scheduler.ts';
import { type ApiClient, askApi, type Identity } from './api-client.ts';

/** A world in the cloud, as people reach it. Any method may throw PhasegateError `unavailable`. */
export type CloudApi = Readonly<{
  /** The newest first. */
  listing(): Promise<Listing>;
  /** Null for a run that nobody knows. */
  state(run: RunId): Promise<RunState | null>;
  definition(hash: string): Promise<Definition>;
  report(run: RunId): Promise<RunReport>;
  seals(run: RunId): Promise<ReadonlyMap<string, Seal>>;
  lineage(run: RunId): Promise<readonly LineageEvent[]>;
  /** @throws PhasegateError `invalid-input` for what is no request; `conflict` saying why nothing would be started: then nothing was sent */
  start(request: Readonly<Record<string, unknown>>): Promise<Sent & Readonly<{ run: RunId }>>;
  ask(
    run: RunId,
    what: AskingMessage['what'],
    more: Readonly<Record<string, unknown>>,
  ): Promise<Sent>;
  /** Whether the run has what was sent. */
  isKept(run: RunId, messageId: string): Promise<boolean>;
  scheduler: Scheduler;
  monitors(): Promise<readonly ListedMonitor[]>;
  /** What the world says of itself; `not-found` from a release that does not. */
  doctor(): Promise<DoctorAnswer>;
}>;

/** A world by the API at this address. */
export function cloudApi(api: string, identity: Identity): CloudApi {
  const ask: ApiClient = async (method, path, body) => {
    const { status, text } = await askApi(api, identity, method, path, body);
    if (status >= 200 && status < 300) return text;
    throw refused(api, status, text);
  };
  const schedule = async (name: string, what: string, body?: unknown) => {
    await ask('POST', `/v1/schedules/${encodeURIComponent(name)}:${what}`, body);
  };
  return {
    listing: async () => readListing(await ask('GET', '/v1/runs')),
    state: (run) =>
      ask('GET', `/v1/runs/${run}/state`).then(readStateAnswer, (error: unknown) => {
        if (isKind(error, 'not-found')) return null;
        throw error;
      }),
    definition: async (hash) => readDefinition(await ask('GET', `/v1/definitions/${hash}`)),
    report: async (run) => readReportAnswer(await ask('GET', `/v1/runs/${run}/report`)),
    seals: async (run) => readSeals(await ask('GET', `/v1/runs/${run}/seals`)),
    lineage: async (run) => readLineageAnswer(await ask('GET', `/v1/runs/${run}/lineage`)),
    start: async (request) => readStarted(await ask('POST', '/v1/runs', request)),
    ask: async (run, what, more) => readSent(await ask('POST', `/v1/runs/${run}:${what}`, more)),
    isKept: async (run, id) => readIsKept(await ask('GET', `/v1/runs/${run}/messages/${id}`)),
    scheduler: {
      list: async () => readTriggers(await ask('GET', '/v1/schedules')),
      pause: (name, { reason, until }) => schedule(name, 'pause', { reason, until }),
      resume: (name) => schedule(name, 'resume'),
      run: (name) => schedule(name, 'run'),
    },
    monitors: async () => readMonitors(await ask('GET', '/v1/monitors')),
    doctor: async () => readDoctor(await ask('GET', '/v1/doctor')),
  };
}

const KIND = { 400: 'invalid-input', 404: 'not-found', 409: 'conflict' } as const;

function refused(api: string, status: number, text: string): PhasegateError {
  const own = readRefusal(text);
  const why = own ?? text.slice(0, 500);
  if (status === 401 || status === 403) {
    const message = `${api} does not answer you (${status}): ${why}; accepted: one of its operators`;
    return new PhasegateError('unavailable', message);
  }
  const kind = KIND[status as keyof typeof KIND];
  if (own !== null && kind !== undefined) return new PhasegateError(kind, why);
  return new PhasegateError('unavailable', `${api} answered ${status}: ${why}`);
}
