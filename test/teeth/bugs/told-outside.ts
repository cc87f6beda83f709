import type { PlantedBug } from '../planted-bug.ts';

const LINEAGE = 'test/core/lineage/lineage.property.test.ts';
const TELLER = 'test/local/lineage-teller.test.ts';
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
  {
    name: 'a launch that is asked to stop before it is confirmed ends without a begin',
    file: 'shared/core/lineage/of-launches.ts',
    find: "isBusy(table) && table.tag !== 'launching'",
    replace: "table?.tag === 'running'",
    tests: [LINEAGE],
  },
  {
    name: 'lineage that nobody took is lost without a word',
    file: 'shared/adapters/lineage/lineage-teller.ts',
    find: '    note(`${trouble}; ${lost} lost`, run);\n',
    replace: '',
    tests: [TELLER],
  },
  {
    name: 'a check that could not be evaluated is told as one that held',
    file: 'shared/core/lineage/of-gates.ts',
    find: "success: verdict === 'PASS'",
    replace: "success: verdict !== 'FAIL'",
    tests: ['test/core/lineage/of-gates.test.ts'],
  },
  {
    name: 'figures that the collector did not take are never counted',
    file: 'shared/adapters/metrics-teller.ts',
    find: '      if (!trouble.isFinal) [waiting, since] = [[...taken, ...waiting], from];\n',
    replace: '',
    tests: ['test/cloud/metrics.test.ts'],
  },
];
