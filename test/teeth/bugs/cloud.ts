import type { PlantedBug } from '../planted-bug.ts';

const PUSH = 'shared/adapters/gcp/push-handler.ts';
const HOSTILE = 'test/cloud/hostile-messages.test.ts';

/** What lets a cloud function lose a message, believe a stranger, or run again what can never run. */
export const CLOUD: readonly PlantedBug[] = [
  {
    name: 'a message that nobody can read is acknowledged and gone',
    file: PUSH,
    find: '        await bury(reason);\n',
    replace: '',
    tests: [HOSTILE],
  },
  {
    name: 'any message that calls itself a canary is acknowledged undone',
    file: PUSH,
    find: "if ('canary' in attributes && CANARY.test(text)) {",
    replace: "if ('canary' in attributes) {",
    tests: [HOSTILE],
  },
  {
    name: 'each death of one cause is an alert of its own',
    file: 'shared/core/death.ts',
    find: 'return reason.replaceAll(/".*"|\\d+/gs, \'…\');',
    replace: 'return reason;',
    tests: ['test/core/alerts.test.ts'],
  },
  {
    name: 'a token that nobody has checked names its caller',
    file: 'shared/edge/caller-token.ts',
    find: ' || signature !== CHECKED_BY_CLOUD_RUN',
    replace: '',
    tests: ['test/cloud/api-callers.test.ts'],
  },
  {
    name: 'a caller without the right is answered',
    file: 'shared/adapters/api.ts',
    find: 'if (!caller[route.right]) return',
    replace: 'if (caller === null) return',
    tests: ['test/cloud/api.test.ts'],
  },
  {
    name: 'who asked is what the body says',
    file: 'shared/adapters/api-of-runs.ts',
    find: '{ ...given, ...named, requestedBy: caller.name }',
    replace: '{ requestedBy: caller.name, ...given, ...named }',
    tests: ['test/cloud/api.test.ts'],
  },
  {
    name: 'a job that failed for now is found again for ever',
    file: 'shared/adapters/gcp/bigquery-job-ids.ts',
    find: 'if (!(await hasFailedForNow(job))) return job;',
    replace: 'if (job !== null) return job;',
    tests: ['test/cloud/failed-jobs.test.ts'],
  },
];
