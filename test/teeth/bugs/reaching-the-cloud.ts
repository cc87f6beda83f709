import type { PlantedBug } from '../planted-bug.ts';

const API = 'test/cloud/api-of-people.test.ts';
const GCP = 'test/e2e/world-gcp.test.ts';
const RUNS = 'shared/adapters/api-of-runs.ts';

/** What lets a person believe of the cloud what is not so, or ask of it what they did not mean. */
export const REACHING_THE_CLOUD: readonly PlantedBug[] = [
  {
    name: 'a start that another run stands against is sent all the same',
    file: RUNS,
    find: 'return why === null ? publish(place, message, { run }) : refusal(409, why);',
    replace: 'return publish(place, message, { run });',
    tests: [API],
  },
  {
    name: 'a start is sent before anybody looks whether it can be',
    file: RUNS,
    find: 'const wish = checkedRequest(pipeline, read.start.request, today);',
    replace: 'const wish = read.start.request;\n      void today;',
    tests: [API],
  },
  {
    name: 'what only lies in the inbox counts as kept by its run',
    file: RUNS,
    find: 'return ok({ isKept: isFolded && (await runs.knows(run, id)) });',
    replace: 'return ok({ isKept: isFolded || (await runs.knows(run, id)) });',
    tests: [API],
  },
  {
    name: 'who pauses a schedule is not kept',
    file: 'shared/adapters/api-of-schedules.ts',
    find: 'by: caller.name }, now());',
    replace: "by: '' }, now());",
    tests: [API],
  },
  {
    name: 'a schedule is paused for ever',
    file: 'shared/core/monitor/schedule-pause.ts',
    find: 'away > 0 && away <= LONGEST_MS',
    replace: 'away > 0',
    tests: [API],
  },
  {
    name: 'an API that does not answer is an empty world',
    file: 'shared/adapters/cloud-api.ts',
    find: "listing: async () => readListing(await ask('GET', '/v1/runs')),",
    replace:
      "listing: async () => ask('GET', '/v1/runs').then(readListing, () => ({ runs: [], left: 0 })),",
    tests: [GCP],
  },
  {
    name: 'a name that a person signs with in the cloud is dropped unseen',
    file: 'shared/cli/reach.ts',
    find: "  by: 'who calls is kept as who asked',\n",
    replace: '',
    tests: [GCP],
  },
  {
    name: 'an identity is sent in the clear',
    file: 'shared/edge/api-address.ts',
    find: "protocol === 'https:' || HERE.includes(hostname)",
    replace: "protocol !== 'ftp:' || HERE.includes(hostname)",
    tests: [GCP],
  },
  {
    name: 'what was sent and never kept is told as done',
    file: 'shared/cli/until-kept.ts',
    find: "if (waited >= PATIENCE_MS) return 'sent';",
    replace: "if (waited >= PATIENCE_MS) return 'kept';",
    tests: ['test/cli/until-kept.test.ts'],
  },
  {
    name: 'where the named account cannot be had, somebody else calls',
    file: 'shared/adapters/gcp/person-identity.ts',
    find: 'if (isNamed) throw error;',
    replace: '',
    tests: ['test/cloud/person-identity.test.ts'],
  },
  {
    name: 'gcloud is asked although the machine has an account of its own',
    file: 'shared/adapters/gcp/person-identity.ts',
    find: "if (own === null || own instanceof UserRefreshClient || !('fetchIdToken' in own)) return null;",
    replace: 'if (own !== undefined) return null;',
    tests: ['test/cloud/person-identity.test.ts'],
  },
  {
    name: 'people in the cloud are told commands of a world on this machine',
    file: 'shared/adapters/gcp/in-cloud-words.ts',
    find: 'commandsInWorld(text, CLOUD)',
    replace: "commandsInWorld(text, 'local:.phasegate')",
    tests: ['test/cloud/in-cloud-words.test.ts'],
  },
  {
    name: 'a command that does not reach the cloud is advised for it',
    file: 'shared/core/view/in-world.ts',
    find: 'return other ? command.replace(...other) :',
    replace: 'return other === undefined ? command :',
    tests: ['test/core/view/in-world.test.ts'],
  },
  {
    name: 'a wish for a run that nobody knows is sent, and dies',
    file: RUNS,
    find: 'if ((await place.runs.load(run)) === null) throw unknown(run);',
    replace: '',
    tests: [API],
  },
  {
    name: 'runs that were left out of a list are not counted',
    file: RUNS,
    find: 'left: newest.older',
    replace: 'left: 0',
    tests: [API],
  },
  {
    name: 'nobody signs an override',
    file: 'shared/cli/requested-by.ts',
    find: "if (world === CLOUD || (by ?? '').trim() !== '') return;",
    replace: 'if (world.length > 0) return;',
    tests: ['test/cli/requested-by.test.ts'],
  },
];
