import type { PlantedBug } from '../planted-bug.ts';

/** What lets two runs be set going on the same days, or a start be lost. */
export const OF_STARTS: readonly PlantedBug[] = [
  {
    name: 'messages to one run hold a start as one',
    file: 'shared/shell/set-going.ts',
    find: 'fingerprint(messageId).slice(0, 12)',
    replace: "'0'",
    tests: ['test/shell/set-going.test.ts'],
  },
  {
    name: 'a start beside a live run of the same days is accepted',
    file: 'shared/shell/start-run.ts',
    find: 'await setGoing(world, definition.pipeline, request, run, messageId, requested);',
    replace: 'await record(world, run, messageId, requested);',
    tests: ['test/shell/start-run.test.ts'],
  },
  {
    name: 'a start that met trouble lets go of the days that another delivery of it counts on',
    file: 'shared/shell/set-going.ts',
    find: "    if (isKind(error, 'invalid-input')) await endStart(world, messageId);\n",
    replace: '    await endStart(world, messageId);\n',
    tests: ['test/shell/set-going.test.ts'],
  },
  {
    name: 'a delivery that has to come again lets go of what another one holds',
    file: 'shared/shell/set-going.ts',
    find: "    throw new PhasegateError('unavailable', message);\n",
    replace:
      "    await endStart(world, messageId);\n    throw new PhasegateError('unavailable', message);\n",
    tests: ['test/shell/set-going.test.ts'],
  },
  {
    name: 'a start that slept posts what others no longer let it',
    file: 'shared/shell/set-going.ts',
    find: 'await runs.postHolding(run, { id: messageId, event }, holding);',
    replace: 'await runs.post(run, { id: messageId, event });',
    tests: ['test/shell/set-going.test.ts'],
  },
  {
    name: 'a lock that was taken again is the lock that it was',
    file: 'shared/adapters/local/sqlite-run-store.ts',
    find: 'WHERE dataset_table = ? AND launch = ? AND token = ?',
    replace: 'WHERE dataset_table = ? AND launch = ? AND ? IS NOT NULL',
    tests: ['test/contract/run-store.local.test.ts'],
  },
  {
    name: 'what wakes a run that is only being started looks at nobody else',
    file: 'shared/shell/ask-run.ts',
    find: '  if (WAKES.includes(event.type)) {',
    replace: '  if (stored.state !== null && WAKES.includes(event.type)) {',
    tests: ['test/shell/ask-run.test.ts'],
  },
];
