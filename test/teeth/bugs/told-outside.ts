import type { PlantedBug } from '../planted-bug.ts';

const READERS = 'test/cloud/page-readers.test.ts';

/** What shows the page to strangers, or tells receivers outside what is not so. */
export const TOLD_OUTSIDE: readonly PlantedBug[] = [
  {
    name: 'the page is shown to whoever Cloud Run lets through',
    file: 'shared/adapters/pages/answer-reader.ts',
    find: 'if (!caller.mayRead) return',
    replace: 'if (caller.name === null) return',
    tests: [READERS],
  },
  {
    name: 'a reader may sign and start as an operator may',
    file: 'shared/adapters/gcp/deployed.ts',
    find: 'const mayWrite = config.operators.includes(name);',
    replace: 'const mayWrite = [...config.operators, ...config.readers].includes(name);',
    tests: ['test/cloud/api-callers.test.ts'],
  },
];
