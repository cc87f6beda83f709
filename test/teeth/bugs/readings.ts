import { CHECKS, type PlantedBug } from '../planted-bug.ts';

const GATE = ['test/shell/assess.test.ts'];
const FAILING = ['test/shell/reads-that-fail.test.ts'];
const STORED = ['test/shell/stored-state.test.ts'];
const BETWEEN = [`${CHECKS}/between-relations.test.ts`];

/** What was read, when, and of whom. */
export const READINGS: readonly PlantedBug[] = [
  {
    name: 'a schedule that cannot be read is an empty one',
    file: 'shared/shell/read-schedule.ts',
    find: 'const rows = await ask(statement);',
    replace: 'const rows = await ask(statement).catch(() => []);',
    tests: FAILING,
  },
  {
    name: 'a run history that cannot be read says that nothing ever ran',
    file: 'shared/shell/read-kept.ts',
    find: '    version,\n  );',
    replace: '    version,\n  ).catch(() => []);',
    tests: FAILING,
  },
  {
    name: 'a refused query is swallowed',
    file: 'shared/shell/accept-items.ts',
    find: 'return error.message;',
    replace: 'return null;',
    tests: FAILING,
  },
  {
    name: 'a warehouse that is away has no rows',
    file: 'shared/shell/accept-items.ts',
    find: '    throw error;',
    replace: '    return null;',
    tests: FAILING,
  },
  {
    name: 'one expression that does not compile takes its neighbours down',
    file: 'shared/shell/accept-items.ts',
    find: '  if (only !== undefined && others.length === 0) {\n    refused.set(itemName(only), reason);',
    replace:
      '  if (only !== undefined && others.length >= 0) {\n    for (const item of items) refused.set(itemName(item), reason);',
    tests: FAILING,
  },
  {
    name: 'one expression that fails on the data takes its neighbours down',
    file: 'shared/shell/scan-days.ts',
    find: 'accepted.length === 1 ? reason : await refusalOf(() => read([item]))',
    replace: 'reason',
    tests: FAILING,
  },
  {
    name: 'a day has changed when its number of rows has',
    file: 'shared/shell/read-profile.ts',
    find: `\`\${changedAt}/\${rows}\``,
    replace: `\`\${rows}/\${changedAt.slice(0, 0)}\``,
    tests: GATE,
  },
  {
    name: 'what was read once is never read again',
    file: 'shared/shell/stored-state.ts',
    find: `return \`\${table}/\${day}/\${token}\`;`,
    replace: `return \`\${table}/\${day}/\${token.slice(0, 0)}\`;`,
    tests: STORED,
  },
  {
    name: 'a check gets the state of another one',
    file: 'shared/shell/stored-state.ts',
    find: 'fingerprint(item).slice(0, 12)',
    replace: 'fingerprint(item.slice(0, 0))',
    tests: STORED,
  },
  {
    name: 'a NULL is read as the number 0',
    file: 'shared/core/checks/grouping.ts',
    find: "typeof value === 'number' ? value : null",
    replace: 'Number(value)',
    tests: [`${CHECKS}/groups.test.ts`],
  },
  {
    name: 'the number 0 is read as nothing',
    file: 'shared/core/checks/grouping.ts',
    find: "typeof value === 'number' ? value : null",
    replace: 'Number(value) || null',
    tests: [`${CHECKS}/zero.test.ts`],
  },
  {
    name: 'two NULLs are equal numbers',
    file: 'shared/core/checks/tolerance.ts',
    find: 'if (left === null || right === null) return false;',
    replace: 'if (left === null || right === null) return left === right;',
    tests: [`${CHECKS}/groups.test.ts`],
  },
  {
    name: 'a sum that is too small is within tolerance',
    file: 'shared/core/checks/tolerance.ts',
    find: 'return Math.abs(left - right) <= tolerance + rounding;',
    replace: 'return left - right <= tolerance + rounding;',
    tests: [`${CHECKS}/groups.test.ts`],
  },
  {
    name: 'a group that only one side has agrees',
    file: 'shared/core/checks/agreement.ts',
    find: '[...new Set([...here.keys(), ...there.keys()])]',
    replace: '[...here.keys()].filter((key) => there.has(key))',
    tests: BETWEEN,
  },
  {
    name: 'orphans are looked for on the other side',
    file: 'shared/core/checks/references.ts',
    find: '[...own].filter((id) => !known.has(id))',
    replace: '[...known].filter((id) => !own.has(id))',
    tests: BETWEEN,
  },
  {
    name: 'a launch that reported rows and wrote none is believed',
    file: 'shared/core/checks/written.ts',
    find: "if (rows === 0) return changedAt > last.saidAt ? 'overwritten' : 'empty';",
    replace: "if (rows === 0) return 'kept';",
    tests: [`${CHECKS}/written.test.ts`],
  },
  {
    name: 'the number of an older launch speaks for the last one',
    file: 'shared/core/checks/metric.ts',
    find: 'if (found === undefined || silent !== null) {',
    replace: 'if (found === undefined) {',
    tests: [`${CHECKS}/metric.test.ts`],
  },
  {
    name: 'days succeeded although a check could not be evaluated',
    file: 'shared/core/checks/days-succeeded.ts',
    find: 'if (open.length > 0) {',
    replace: 'if (open.length < 0) {',
    tests: [`${CHECKS}/days-succeeded.test.ts`],
  },
  {
    name: 'a feature is computed again from its own day',
    file: 'shared/sql/point-in-time.ts',
    find: 'before.past_day < subjects.asked_day',
    replace: 'before.past_day <= subjects.asked_day',
    tests: ['test/shell/point-in-time.test.ts'],
  },
  {
    name: 'rows of a launch that never told of them count as read when they changed',
    file: 'shared/core/day-history.ts',
    find: 'return readAt ?? silent?.startedAt ?? null;',
    replace: 'return readAt ?? (silent === undefined ? null : changedAt);',
    tests: ['test/core/day-history.test.ts'],
  },
];
