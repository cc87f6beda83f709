import { CORE, type PlantedBug } from '../planted-bug.ts';

const VERDICT = 'shared/core/verdict.ts';
const JUDGE = 'shared/core/judge/judge-table.ts';
const GATE = 'shared/core/decide-gate.ts';

/** What a verdict is worth, and what an error is. */
export const VERDICTS: readonly PlantedBug[] = [
  {
    name: 'an empty set of checks passes',
    file: VERDICT,
    find: "? 'UNKNOWN'\n",
    replace: "? 'PASS'\n",
    tests: [`${CORE}/verdict.test.ts`],
  },
  {
    name: 'UNKNOWN lets a run go on',
    file: VERDICT,
    find: "return verdict === 'PASS' || verdict === 'WARN';",
    replace: "return verdict !== 'FAIL';",
    tests: [`${CORE}/verdict.test.ts`],
  },
  {
    name: 'UNKNOWN is better than WARN',
    file: VERDICT,
    find: 'PASS: 0, WARN: 1, UNKNOWN: 2, FAIL: 3',
    replace: 'PASS: 0, WARN: 2, UNKNOWN: 1, FAIL: 3',
    tests: [`${CORE}/verdict.test.ts`],
  },
  {
    name: 'the error of a check that only warns is a warning',
    file: VERDICT,
    find: "return verdict === 'FAIL' && severity === 'warn' ? 'WARN' : verdict;",
    replace: "return verdict !== 'PASS' && severity === 'warn' ? 'WARN' : verdict;",
    tests: [`${CORE}/verdict.test.ts`],
  },
  {
    name: 'a gate that could not be evaluated ends with exit code 0',
    file: 'shared/cli/exit-code.ts',
    find: "return verdict === 'FAIL' ? 1 : 3;",
    replace: "return verdict === 'FAIL' ? 1 : 0;",
    tests: ['test/cli/exit-code.test.ts'],
  },
  {
    name: 'a gate that throws says PASS',
    file: 'shared/shell/gate-answer.ts',
    find: "{ verdict: 'UNKNOWN', badDays: [], message: reason, evidence }",
    replace: "{ verdict: 'PASS', badDays: [], message: reason, evidence }",
    tests: ['test/shell/keep-evidence.test.ts'],
  },
  {
    name: 'a table passes after an UNKNOWN gate',
    file: GATE,
    find: "if (verdict.verdict === 'WARN')",
    replace: "if (verdict.verdict !== 'FAIL')",
    tests: [`${CORE}/decide-launch.test.ts`],
  },
  {
    name: 'a table that does not answer the roll call is not missed',
    file: GATE,
    find: 'if (verdict === undefined) {',
    replace:
      'if (verdict === undefined && table !== undefined) return table;\n  if (verdict === undefined) {',
    tests: [`${CORE}/decide-roll.test.ts`],
  },
  {
    name: 'a refused query is judged as if it had answered nothing',
    file: 'shared/core/judge/refusal.ts',
    find: 'return reasons.find((reason) => reason !== null) ?? null;',
    replace: 'return null;',
    tests: [`${CORE}/judge-never.test.ts`],
  },
  {
    name: 'a range in which nothing is expected passes',
    file: JUDGE,
    find: 'if (days.length === 0) return unknown(',
    replace:
      "if (days.length === 0) return { verdict: 'PASS', observed: '', expected: '', days: [], message: '' };\n  if (days.length < 0) return unknown(",
    tests: [`${CORE}/judge-never.test.ts`],
  },
  {
    name: 'a table of which no check applies passes',
    file: JUDGE,
    find: 'toTell.length === 0 ?',
    replace: 'toTell.length < 0 ?',
    tests: [`${CORE}/judge-never.test.ts`],
  },
  {
    name: 'the thresholds of the first check of a kind are used for all',
    file: JUDGE,
    find: 'return kindOf(check).judge(check, facts, days);',
    replace:
      'const first = facts.table.checks.find(({ kind }) => kind === check.kind) ?? check;\n  return kindOf(check).judge(first, facts, days);',
    tests: [`${CORE}/judge-table.test.ts`],
  },
  {
    name: 'a waiver of one check waives all',
    file: JUDGE,
    find: 'waiver.check === id',
    replace: 'waiver.check !== ""',
    tests: [`${CORE}/judge-table.test.ts`],
  },
  {
    name: 'a day on which a blocking check could not be evaluated is VERIFIED',
    file: 'shared/core/judge/outcomes.ts',
    find: "? 'UNJUDGED' : 'VERIFIED'",
    replace: "? 'VERIFIED' : 'VERIFIED'",
    tests: [`${CORE}/outcome.test.ts`],
  },
  {
    name: 'an error has every good day written anew',
    file: 'shared/core/outcome.ts',
    find: " && outcome !== 'UNJUDGED'",
    replace: '',
    tests: [`${CORE}/outcome.test.ts`],
  },
  {
    name: 'a named gate judges a baseline by its own checks alone',
    file: 'shared/core/gate-selection.ts',
    find: "(restsOnOthers && check.severity === 'block')",
    replace: 'restsOnOthers === null',
    tests: [`${CORE}/judge-table.test.ts`],
  },
  {
    name: 'a waiver of other days makes a PASS a warning',
    file: JUDGE,
    find: ' && !isEmpty(intersect(waiver.days, promised))',
    replace: '',
    tests: [`${CORE}/judge-checks.test.ts`],
  },
  {
    name: 'a waived check passes without a word',
    file: JUDGE,
    find: "{ verdict: 'WARN', waived }",
    replace: '{ waived }',
    tests: [`${CORE}/judge-checks.test.ts`],
  },
  {
    name: 'a waiver counts past its until',
    file: 'shared/shell/assess.ts',
    find: 'each.table === name && each.until >= dayAt(now, pipeline.timeZone)',
    replace: 'each.table === name',
    tests: ['test/shell/assess.test.ts'],
  },
  {
    name: 'a floor of four seasons is asked of every range',
    file: JUDGE,
    find: 'if (applies !== null && !covers({ from: facts.from, to: facts.to }, applies)) return false;',
    replace: 'if (applies !== null && facts.from > facts.to) return false;',
    tests: [`${CORE}/judge-checks.test.ts`],
  },
];
