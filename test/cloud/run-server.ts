import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  beginExecution,
  type DeclaredJob,
  type RunExecution,
  type RunRequest,
  stopExecution,
} from './run-server-execution.ts';
import {
  endedEntry,
  executionJson,
  executionPath,
  jobJson,
  type Place,
  taskJson,
} from './run-server-json.ts';

export type RunServerOptions = Readonly<{
  jobs: Readonly<Record<string, DeclaredJob>>;
  /** What every execution finds in its environment; its job's own and what it was run with come on top. */
  environment?: Readonly<Record<string, string>>;
  /** Called with what a log sink would publish, as JSON text. */
  onEnd?: (entry: string) => void;
  project?: string;
  region?: string;
  /** How long a task that was asked to stop may go on; Cloud Run gives 10 s. */
  graceMs?: number;
  maxPageSize?: number;
  /** A directory for what executions print; absent: it is dropped. */
  logs?: string;
}>;

/** What goes wrong from now on; each may be set at any time. */
export type Faults = {
  /** So many executions begin and their caller's connection breaks. */
  answersLost: number;
  /** So many calls to run a job are answered with `refusal` and nothing is done. */
  refusals: number;
  refusal: keyof typeof REFUSALS;
  /** So many executions begin and their caller is answered only after this. */
  lateAnswers: number;
  late: () => Promise<unknown>;
  /** Executions that begin are left out of lists for so long. */
  hiddenMs: number;
};

export type RunServer = Readonly<{
  url: string;
  faults: Faults;
  /** The oldest first. */
  executions: readonly RunExecution[];
  /** So many times a job was asked to run. */
  runCalls(): number;
  /** So many times an execution was asked to stop. */
  stopCalls(): number;
  /** Lists leave out nothing any more. */
  show(): void;
  /** As if it had been deleted, or a thousand newer ones had ended. */
  forget(execution: string): void;
  /** Ends all executions at once and says nothing of them. */
  close(): Promise<void>;
}>;

type Answer = Readonly<{ status: number; body: object }>;
type RunBody = Readonly<{
  overrides?: {
    timeout?: string;
    containerOverrides?: readonly { env?: readonly { name: string; value: string }[] }[];
  };
}>;

const REFUSALS = {
  400: 'INVALID_ARGUMENT',
  403: 'PERMISSION_DENIED',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
} as const;

const EXECUTION = 'type.googleapis.com/google.cloud.run.v2.Execution';

/** Cloud Run's v2 REST interface over real child processes, as far as jobs need it. */
export async function openRunServer(options: RunServerOptions): Promise<RunServer> {
  const place: Place = { project: options.project ?? 'local', region: options.region ?? 'local' };
  const { graceMs = 10_000, maxPageSize = 1000, logs = null } = options;
  const faults: Faults = {
    answersLost: 0,
    refusals: 0,
    refusal: 503,
    lateAnswers: 0,
    late: () => Promise.resolve(),
    hiddenMs: 0,
  };
  const executions: RunExecution[] = [];
  let runCalls = 0;
  let stopCalls = 0;
  let isClosing = false;
  const root = `/v2/projects/${place.project}/locations/${place.region}/`;
  const forgotten = new Set<string>();
  const known = () => executions.filter(({ name }) => !forgotten.has(name));
  const named = (name: string) => known().find((execution) => execution.name === name);

  async function run(job: string, body: RunBody): Promise<Answer | 'lost'> {
    runCalls++;
    const declared = options.jobs[job];
    if (declared === undefined) return missing(`job ${job}`);
    if (faults.refusals > 0) {
      faults.refusals--;
      return failure(faults.refusal, REFUSALS[faults.refusal], 'not now');
    }
    const environment = { ...options.environment, ...declared.environment };
    const all = { ...declared, environment };
    const execution = beginExecution(job, all, requestOf(body), { graceMs, logs });
    execution.listedAt += faults.hiddenMs;
    executions.push(execution);
    void execution.ended.then(() => {
      if (!isClosing) options.onEnd?.(JSON.stringify(endedEntry(place, execution)));
    });
    if (faults.lateAnswers > 0) {
      faults.lateAnswers--;
      await faults.late();
    }
    if (faults.answersLost > 0) {
      faults.answersLost--;
      return 'lost';
    }
    return operation(execution);
  }

  function operation(execution: RunExecution): Answer {
    const name = `projects/${place.project}/locations/${place.region}/operations/${execution.name}`;
    const what = { '@type': EXECUTION, ...executionJson(place, execution) };
    const isDone = execution.completedAt !== null;
    const body = { name, done: isDone, metadata: what, ...(isDone ? { response: what } : {}) };
    return { status: 200, body };
  }

  function list(job: string, query: URLSearchParams): Answer {
    const now = Date.now();
    const shown = known()
      .filter((each) => (job === '-' || each.job === job) && each.listedAt <= now)
      .reverse();
    const from = Number(query.get('pageToken') ?? 0);
    const to = from + Math.min(Number(query.get('pageSize')) || maxPageSize, maxPageSize);
    const page = shown.slice(from, to).map((each) => executionJson(place, each));
    const more = to < shown.length ? { nextPageToken: String(to) } : {};
    return { status: 200, body: { executions: page, ...more } };
  }

  function cancel(execution: RunExecution): Answer {
    stopCalls++;
    if (execution.completedAt !== null) {
      return failure(400, 'FAILED_PRECONDITION', `${executionPath(place, execution)} has ended`);
    }
    if (!execution.isCancelled) stopExecution(execution, graceMs);
    return operation(execution);
  }

  async function answerTo(method: string, url: URL, text: string): Promise<Answer | 'lost'> {
    const path = url.pathname.startsWith(root) ? url.pathname.slice(root.length) : '';
    const [, job = '', verb] = path.match(/^jobs\/([^/:]+)(:run)?$/) ?? [];
    if (method === 'POST' && verb !== undefined) return run(job, JSON.parse(text || '{}'));
    const declared = options.jobs[job];
    if (declared !== undefined) return { status: 200, body: jobJson(place, job, declared) };
    const [, listed] = path.match(/^jobs\/([^/]+)\/executions$/) ?? [];
    if (listed !== undefined) return list(listed, url.searchParams);
    const [, name = '', what] =
      path.match(/^(?:jobs\/[^/]+\/executions|operations)\/([^/:]+)(:cancel|\/tasks)?$/) ?? [];
    const execution = named(name);
    if (execution === undefined) return missing(path);
    if (what === ':cancel') return cancel(execution);
    if (path.startsWith('operations/')) return operation(execution);
    if (what === undefined) return { status: 200, body: executionJson(place, execution) };
    const tasks = execution.tasks.map((task) => taskJson(place, execution, task));
    return { status: 200, body: { tasks } };
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://local');
    bodyOf(request)
      .then((text) => answerTo(request.method ?? 'GET', url, text))
      .catch((error: unknown) => failure(500, 'INTERNAL', String(error)))
      .then((answer) => send(response, answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    executions,
    runCalls: () => runCalls,
    stopCalls: () => stopCalls,
    show() {
      faults.hiddenMs = 0;
      for (const execution of executions) execution.listedAt = 0;
    },
    forget: (name) => void forgotten.add(name),
    async close() {
      isClosing = true;
      for (const execution of executions) execution.signal('SIGKILL');
      await Promise.all(executions.map(({ ended }) => ended));
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function requestOf({ overrides }: RunBody): RunRequest {
  const env = (overrides?.containerOverrides ?? []).flatMap((each) => each.env ?? []);
  const environment = Object.fromEntries(env.map(({ name, value }) => [name, value]));
  const seconds = Number.parseFloat(overrides?.timeout ?? '');
  return { environment, ...(Number.isNaN(seconds) ? {} : { timeoutSeconds: seconds }) };
}

function missing(what: string): Answer {
  return failure(404, 'NOT_FOUND', `${what} does not exist`);
}

function failure(code: number, status: string, message: string): Answer {
  return { status: code, body: { error: { code, status, message } } };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, answer: Answer | 'lost'): void {
  if (answer === 'lost') {
    response.destroy();
    return;
  }
  response.writeHead(answer.status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer.body));
}
