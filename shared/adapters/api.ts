import { isKind, PhasegateError } from '../core/errors.ts';
import { parseLaunchId, parseRunId, type RunId } from '../core/ids.ts';
import { runJson } from '../core/view/run-json.ts';
import { readClaim } from '../edge/claim.ts';
import { readObject, readStart } from '../edge/wire.ts';
import type { World } from '../ports/world.ts';
import { claimLaunch } from '../shell/claim-launch.ts';

/** Who asks, and what the platform has proven of them. */
export type Caller = Readonly<{
  name: string;
  mayRead: boolean;
  /** Jobs: claim a launch, read a definition. */
  mayClaim: boolean;
  mayWrite: boolean;
}>;

export type ApiRequest = Readonly<{ method: string; path: string; body: string; caller: Caller }>;
export type ApiAnswer = Readonly<{ status: number; body: unknown }>;

type Place = Pick<World, 'runs' | 'bus' | 'pipelineOf'>;
type Route = Readonly<{
  method: 'GET' | 'POST';
  path: RegExp;
  right: 'mayRead' | 'mayClaim' | 'mayWrite';
  answer: (place: Place, names: readonly string[], request: ApiRequest) => Promise<ApiAnswer>;
}>;

const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/v1\/canary$/,
    right: 'mayClaim',
    answer: async () => ok({ canary: 'alive' }),
  },
  {
    method: 'POST',
    path: /^\/v1\/launches\/([^/:]+):claim$/,
    right: 'mayClaim',
    async answer(place, [launch = ''], { body }) {
      const { execution } = readClaim(body);
      return ok({ execution: await claimLaunch(place, parseLaunchId(launch), execution) });
    },
  },
  {
    method: 'GET',
    path: /^\/v1\/definitions\/([0-9a-f]{16})$/,
    right: 'mayClaim',
    answer: async ({ runs }, [hash = '']) => ok(JSON.parse(await runs.loadDefinition(hash))),
  },
  {
    method: 'GET',
    path: /^\/v1\/runs$/,
    right: 'mayRead',
    answer: async ({ runs }) => ok({ runs: await runs.list() }),
  },
  {
    method: 'GET',
    path: /^\/v1\/runs\/([^/:]+)$/,
    right: 'mayRead',
    async answer({ runs }, [name = '']) {
      const run = parseRunId(name);
      const state = await runs.state(run);
      if (state === null) throw new PhasegateError('not-found', `no run ${run}`);
      return ok(runJson(state));
    },
  },
  {
    method: 'POST',
    path: /^\/v1\/runs$/,
    right: 'mayWrite',
    answer: (place, _, request) => ask(place, request, {}),
  },
  {
    method: 'POST',
    path: /^\/v1\/runs\/([^/:]+):(repair|retry|cancel|pause|resume|override|signoff)$/,
    right: 'mayWrite',
    answer: (place, [name = '', what = ''], request) =>
      ask(place, request, { [what]: parseRunId(name) satisfies RunId }),
  },
];

/**
 * What the HTTP API answers: reads, the fence of jobs, and what a person may ask of a run. A write is the same message
 * that could be published on `phasegate-start`; who asked is the caller, whatever the body says.
 */
export async function answerApi(place: Place, request: ApiRequest): Promise<ApiAnswer> {
  const { method, path, caller } = request;
  try {
    const known = ROUTES.filter((route) => route.path.test(path));
    const route = known.find((each) => each.method === method);
    if (route === undefined) return refusal(known.length > 0 ? 405 : 404, `no ${method} ${path}`);
    if (!caller[route.right]) return refusal(403, `${caller.name} may not do this`);
    return await route.answer(place, route.path.exec(path)?.slice(1) ?? [], request);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return refusal(statusOf(error), message);
  }
}

async function ask(
  { bus }: Place,
  { body, caller }: ApiRequest,
  named: Readonly<Record<string, RunId>>,
): Promise<ApiAnswer> {
  const given = body === '' ? {} : readObject(body);
  const message = { ...given, ...named, requestedBy: caller.name };
  readStart(JSON.stringify(message));
  return { status: 202, body: { messageId: await bus.publish('phasegate-start', message) } };
}

const ok = (body: unknown): ApiAnswer => ({ status: 200, body });

const STATUS: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  405: 'UNIMPLEMENTED',
  503: 'UNAVAILABLE',
};

/** As Google's own APIs word an error: https://cloud.google.com/apis/design/errors. */
export function refusal(code: number, message: string): ApiAnswer {
  return { status: code, body: { error: { code, message, status: STATUS[code] } } };
}

/** Trouble of ours is not the caller's: it may come again. */
export function statusOf(error: unknown): number {
  if (isKind(error, 'not-found')) return 404;
  return isKind(error, 'invalid-input') ? 400 : 503;
}
