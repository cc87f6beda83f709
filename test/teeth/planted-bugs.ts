import type { PlantedBug } from './planted-bug.ts';

const CHECKS = [
  'test/core/judge-checks.test.ts',
  'test/core/judge-never.test.ts',
  'test/core/verdict.test.ts',
  'test/core/percent.test.ts',
];

/** The bugs that let the crisis through, and their neighbours. */
export const PLANTED_BUGS: readonly PlantedBug[] = [
  {
    name: 'an empty set of checks passes',
    file: 'shared/core/verdict.ts',
    find: "? 'UNKNOWN'\n",
    replace: "? 'PASS'\n",
    tests: CHECKS,
  },
  {
    name: 'UNKNOWN lets a run go on',
    file: 'shared/core/verdict.ts',
    find: "return verdict === 'PASS' || verdict === 'WARN';",
    replace: "return verdict !== 'FAIL';",
    tests: CHECKS,
  },
  {
    name: 'UNKNOWN is better than WARN',
    file: 'shared/core/verdict.ts',
    find: 'PASS: 0, WARN: 1, UNKNOWN: 2, FAIL: 3',
    replace: 'PASS: 0, WARN: 2, UNKNOWN: 1, FAIL: 3',
    tests: CHECKS,
  },
  {
    name: 'a share of nothing is 100 %',
    file: 'shared/core/percent.ts',
    find: 'if (whole <= 0) return false;\n  return BigInt(part) * 100n * atLeast.denominator >= ',
    replace: 'if (whole <= 0) return true;\n  return BigInt(part) * 100n * atLeast.denominator >= ',
    tests: CHECKS,
  },
  {
    name: 'no eligible row passes',
    file: 'shared/core/judge/share-of.ts',
    find: 'if (eligible < Math.max(1, minimumPopulation)) {',
    replace: 'if (eligible < 0) {',
    tests: CHECKS,
  },
];
