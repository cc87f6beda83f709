import { CHECKS, CORE, type PlantedBug, STATISTICS } from '../planted-bug.ts';

const REGRESSION = [`${CHECKS}/regression.test.ts`];
const DIRECTIONS = 'shared/core/loosening-direction.ts';
const LOOSENING = [`${CORE}/loosening.test.ts`];
const EVIDENCE = ['test/edge/evidence-text.test.ts'];

/** Now against before: numbers, promises and evidence. */
export const COMPARISONS: readonly PlantedBug[] = [
  {
    name: '0 after 0 is an improvement',
    file: 'shared/core/statistics/ratio-bands.ts',
    find: "if (old.k === 0) return { kind: now.k === 0 ? 'nothing-on-both-sides' : 'no-baseline' };",
    replace: "if (old.k === 0) return { kind: 'band', band: 'IMPROVEMENT', from: 'held' };",
    tests: REGRESSION,
  },
  {
    name: 'ten times as much missing is nothing near 100 %',
    file: 'shared/core/statistics/ratio-bands.ts',
    find: "held === 'OK' &&",
    replace: "held === 'REGRESSION' &&",
    tests: REGRESSION,
  },
  {
    name: 'a baseline that did not pass is accepted',
    file: 'shared/core/checks/against-baseline.ts',
    find: 'const reason = facts.whyNoBaseline(before);',
    replace: 'const reason = before.length < 0 ? facts.whyNoBaseline(before) : null;',
    tests: REGRESSION,
  },
  {
    name: 'a baseline that could not be evaluated is accepted',
    file: 'shared/core/judge/judge-table.ts',
    find: '.find(({ verdict }) => !letsPass(verdict))',
    replace: ".find(({ verdict }) => !letsPass(verdict) && verdict === 'FAIL')",
    tests: [`${CORE}/judge-table.test.ts`],
  },
  {
    name: 'without a baseline there is nothing to complain of',
    file: 'shared/core/checks/against-baseline.ts',
    find: 'so there is no baseline`), expected };',
    replace: "so there is no baseline`), expected, verdict: 'PASS' };",
    tests: REGRESSION,
  },
  {
    name: 'a tested day is part of its own baseline',
    file: 'shared/core/statistics/robust-z.ts',
    find: 'series.toSpliced(at, 1)',
    replace: 'series',
    tests: [`${STATISTICS}/robust-z.test.ts`],
  },
  {
    name: 'a season that begins later is no loosening',
    file: DIRECTIONS,
    find: "  starts: 'ceiling',",
    replace: "  starts: 'free',",
    tests: ['test/core/loosening-of-tables.test.ts'],
  },
  {
    name: 'a check may leave a named gate',
    file: DIRECTIONS,
    find: "  gate: 'members',",
    replace: "  gate: 'free',",
    tests: ['test/core/loosening-of-tables.test.ts'],
  },
  {
    name: 'nothing stands out from a constant',
    file: 'shared/core/statistics/robust-z.ts',
    find: 'const isOutlying = Math.abs(deviation) > absoluteTolerance;',
    replace: 'const isOutlying = false;',
    tests: [`${CHECKS}/outliers.test.ts`],
  },
  {
    name: 'a sample that cannot tell passes',
    file: 'shared/core/statistics/wilson.ts',
    find: "interval.lower >= threshold ? 'PASS'",
    replace: "interval.upper >= threshold ? 'PASS'",
    tests: [`${CHECKS}/point-in-time.test.ts`],
  },
  {
    name: 'many tests are not corrected for their number',
    file: 'shared/core/statistics/benjamini-hochberg.ts',
    find: 'p * pValues.length <= Q * (at + 1)',
    replace: 'p <= Q && at >= 0',
    tests: [`${STATISTICS}/many-tests.test.ts`],
  },
  {
    name: 'a value on an edge falls into the bin below',
    file: 'shared/core/checks/drift.ts',
    find: `\`\${x} >= \${edges[at]} AND \${x} < \${edge}\``,
    replace: `\`\${x} > \${edges[at]} AND \${x} <= \${edge}\``,
    tests: [`${CHECKS}/drift.test.ts`],
  },
  {
    name: 'values that become NULL do not drift',
    file: 'shared/core/checks/drift.ts',
    find: `    \`\${x} IS NULL\`,\n`,
    replace: '',
    tests: [`${CHECKS}/drift.test.ts`],
  },
  {
    name: 'a lower floor promises more',
    file: DIRECTIONS,
    find: "  atLeast: 'floor',",
    replace: "  atLeast: 'ceiling',",
    tests: LOOSENING,
  },
  {
    name: 'a check may become a warning',
    file: DIRECTIONS,
    find: "return after !== 'block';",
    replace: "return after === 'none';",
    tests: LOOSENING,
  },
  {
    name: 'nobody misses a check that is gone',
    file: 'shared/core/loosening.ts',
    find: "return [{ ...at, field: null, before: told(before.kind), after: 'removed' }];",
    replace: 'return [];',
    tests: LOOSENING,
  },
  {
    name: 'a signature counts past its until',
    file: 'shared/core/loosening.ts',
    find: 'about.find(({ until }) => until >= today)',
    replace: 'about.find(({ until }) => until >= today || until < today)',
    tests: LOOSENING,
  },
  {
    name: 'nobody notices that evidence was changed',
    file: 'shared/edge/evidence-text.ts',
    find: 'if (found !== sha256) {',
    replace: "if (found === '') {",
    tests: EVIDENCE,
  },
  {
    name: 'evidence judged again never differs',
    file: 'shared/core/judge/judge-again.ts',
    find: 'return stored === again ? [] : [',
    replace: 'return stored !== null ? [] : [',
    tests: EVIDENCE,
  },
];
