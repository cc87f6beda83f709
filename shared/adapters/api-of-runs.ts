import { PhasegateError } from '../core/errors.ts';
import { parseRunId, type RunId } from '../core/ids.ts';
import { checkedRequest } from '../core/request.ts';
import { dayAt } from '../core/time-zone.ts';
import { runJson } from '../core/view/run-json.ts';
import { reportBody, stateBody } from '../edge/api-answers.ts';
import { readObject, readStart } from '../edge/wire.ts';
import { readLineage } from '../shell/read-lineage.ts';
import { readReport } from '../shell/read-report.ts';
import {
  type ApiAnswer,
  type ApiPlace,
  type ApiRequest,
  forPeople,
  ok,
  type Route,
  refusal,
} from './api-route.ts';
import { keptEvidence } from './lineage/kept-evidence.ts';
import { sealsOf } from './seals.ts';
import { whyNotStarted } from './standing.ts';

/** One answer holds the newest; each is some kilobytes. */
const LISTED = 100;

const RUN = '/v1/runs/([^/:]+)';

/** What people ask about runs, and of them. */
export const RUN_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/v1\/runs$/,
    right: 'mayRead',
    async answer({ runs }) {
      const newest = await runs.newest(LISTED);
      return ok({ runs: newest.runs.map(runJson), left: newest.older });
    },
  },
  {
    method: 'GET',
    path: new RegExp(`^${RUN}$`),
    right: 'mayRead',
    answer: async (place, [name = '']) => ok(runJson(await stateOf(place, parseRunId(name)))),
  },
  {
    method: 'GET',
    path: new RegExp(`^${RUN}/state$`),
    right: 'mayRead',
    answer: async (place, [name = '']) => ok(stateBody(await stateOf(place, parseRunId(name)))),
  },
  {
    method: 'GET',
    path: new RegExp(`^${RUN}/report$`),
    right: 'mayRead',
    answer: forPeople(async ({ runs, warehouse }, [name = '']) => {
      const run = parseRunId(name);
      const report = await readReport(runs, warehouse, run);
      if (report === null) throw unknown(run);
      return ok(reportBody(report));
    }),
  },
  {
    method: 'GET',
    path: new RegExp(`^${RUN}/seals$`),
    right: 'mayRead',
    answer: forPeople(async (place, [name = '']) => {
      const state = await stateOf(place, parseRunId(name));
      return ok({ seals: Object.fromEntries(await sealsOf(place.evidence, state)) });
    }),
  },
  {
    method: 'GET',
    path: new RegExp(`^${RUN}/lineage$`),
    right: 'mayRead',
    answer: forPeople(async (place, [name = '']) => {
      const run = parseRunId(name);
      const kept = keptEvidence(place.evidence);
      const events = await readLineage(place, place.lineage, kept, run);
      if (events === null) throw unknown(run);
      return ok({ events });
    }),
  },
  {
    method: 'GET',
    path: new RegExp(`^${RUN}/messages/([\\w-]{1,100})$`),
    right: 'mayRead',
    async answer({ runs }, [name = '', id = '']) {
      const run = parseRunId(name);
      const stored = await runs.load(run);
      const isFolded = stored?.inbox.every((fact) => fact.id !== id) ?? false;
      return ok({ isKept: isFolded && (await runs.knows(run, id)) });
    },
  },
  {
    method: 'POST',
    path: /^\/v1\/runs$/,
    right: 'mayWrite',
    answer: forPeople(async (place, _, request) => {
      const message = messageOf(request, {});
      const read = readStart(JSON.stringify(message));
      if (!('start' in read)) {
        const accepted = 'accepted: a range, from and to';
        throw new PhasegateError('invalid-input', `this is no start; ${accepted}`);
      }
      const definition = place.definitionNow();
      const { pipeline } = definition;
      const today = dayAt(place.now(), pipeline.timeZone);
      const wish = checkedRequest(pipeline, read.start.request, today);
      const { run, why } = await whyNotStarted(place, definition, wish, place.now());
      return why === null ? publish(place, message, { run }) : refusal(409, why);
    }),
  },
  {
    method: 'POST',
    path: new RegExp(`^${RUN}:(repair|retry|cancel|pause|resume|override|signoff)$`),
    right: 'mayWrite',
    async answer(place, [name = '', what = ''], request) {
      const run = parseRunId(name);
      const message = messageOf(request, { [what]: run });
      readStart(JSON.stringify(message));
      if ((await place.runs.load(run)) === null) throw unknown(run);
      return publish(place, message, {});
    },
  },
];

async function stateOf({ runs }: ApiPlace, run: RunId) {
  const state = await runs.state(run);
  if (state === null) throw unknown(run);
  return state;
}

const unknown = (run: RunId) => new PhasegateError('not-found', `no run ${run}`);

type Message = Readonly<Record<string, unknown>> & Readonly<{ requestedBy: string }>;

function messageOf({ body, caller }: ApiRequest, named: Readonly<Record<string, RunId>>): Message {
  const given = body === '' ? {} : readObject(body);
  return { ...given, ...named, requestedBy: caller.name };
}

async function publish(
  { bus }: ApiPlace,
  message: Message,
  more: Readonly<{ run?: RunId }>,
): Promise<ApiAnswer> {
  const messageId = await bus.publish('phasegate-start', message);
  return { status: 202, body: { messageId, requestedBy: message.requestedBy, ...more } };
}
