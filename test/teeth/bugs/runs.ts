import { CORE, type PlantedBug } from '../planted-bug.ts';

const ADVANCE = 'shared/core/advance.ts';
const JOB = 'shared/core/decide-job.ts';
const GATE = 'shared/core/decide-gate.ts';
const ASKED = 'shared/core/decide-asked.ts';
const PLAN = 'shared/core/decide-plan.ts';
const LIMITS = 'shared/core/limits.ts';
const REPAIR = 'shared/core/decide-repair.ts';
const STOP = 'shared/core/stop-run.ts';
const PROPERTIES = `${CORE}/decide.property.test.ts`;

/** What the old orchestrators did with a run: the reducer's part. */
export const RUNS: readonly PlantedBug[] = [
  {
    name: 'a need is skipped when a table is launched',
    file: ADVANCE,
    find: 'return table.needs.every(',
    replace: 'return table.needs.slice(1).every(',
    tests: [PROPERTIES],
  },
  {
    name: 'all tables are launched at once',
    file: ADVANCE,
    find: 'room.left--;',
    replace: '',
    tests: [PROPERTIES],
  },
  {
    name: 'a paused run goes on launching',
    file: ADVANCE,
    find: 'state.paused === null && !isSpent',
    replace: '!isSpent',
    tests: [`${CORE}/decide-asked.test.ts`],
  },
  {
    name: 'the roll is called while a table of another phase still runs',
    file: ADVANCE,
    find: 'if (Object.values(tables).some(isAtWork)) return true;',
    replace: 'if (tablesIn(pipeline, phase).some(({ name }) => isBusy(tables[name]))) return true;',
    tests: [`${CORE}/decide-asked.test.ts`, `${CORE}/decide-launch.test.ts`],
  },
  {
    name: 'an answer about an earlier attempt ends this one',
    file: JOB,
    find: 'isBusy(table) && table.attempt === event.attempt',
    replace: 'isBusy(table) && table.attempt >= event.attempt',
    tests: [PROPERTIES, `${CORE}/decide-launch.test.ts`],
  },
  {
    name: 'a job that ended well has passed',
    file: JOB,
    find: "{ tag: 'verifying', attempt, days, look }",
    replace: "{ tag: 'passed', attempt, evidence: '', token: '' }",
    tests: [PROPERTIES, 'test/incidents/ends-of-jobs.test.ts'],
  },
  {
    name: 'what is not ready yet has failed',
    file: JOB,
    find: "if (!isLate && (failure === 'not-ready' || failure === 'quota')) {",
    replace: "if (!isLate && failure === 'quota') {",
    tests: [`${CORE}/limits.test.ts`],
  },
  {
    name: 'a permanent error is tried again',
    file: JOB,
    find: "(failure === 'permanent' && !isLate) || ",
    replace: '',
    tests: [`${CORE}/decide-launch.test.ts`],
  },
  {
    name: 'a machine that is lost again and again is never given up',
    file: JOB,
    find: 'interruptions > INTERRUPTIONS ? failed :',
    replace: 'interruptions < 0 ? failed :',
    tests: [`${CORE}/limits.test.ts`],
  },
  {
    name: 'the work of a job that was to stop is taken after all',
    file: JOB,
    find: "return table.tag === 'cancelling' && table.next === 'stop';",
    replace: 'return false;',
    tests: [`${CORE}/decide-asked.test.ts`],
  },
  {
    name: 'an answer to the question before counts for this one',
    file: GATE,
    find: '    table.look === (event.look ?? 0) &&\n',
    replace: '',
    tests: [`${CORE}/decide-asked.test.ts`],
  },
  {
    name: 'a gate of an earlier round counts',
    file: GATE,
    find: '(event.look ?? 0) &&\n    state.round === event.round;\n  if (!isMine)',
    replace: '(event.look ?? 0);\n  if (!isMine)',
    tests: [PROPERTIES, `${CORE}/decide-roll.test.ts`, `${CORE}/decide-launch.test.ts`],
  },
  {
    name: 'a phase passes without a table of it',
    file: GATE,
    find: 'const behind = names.filter((name) => !hasPassed(tables[name]));',
    replace: 'const behind = names.slice(0, -1).filter((name) => !hasPassed(tables[name]));',
    tests: [`${CORE}/decide-roll.test.ts`],
  },
  {
    name: 'a phase passes whatever became of its tables',
    file: GATE,
    find: 'const behind = names.filter((name) => !hasPassed(tables[name]));',
    replace: 'const behind: TableName[] = [];',
    tests: [PROPERTIES],
  },
  {
    name: 'an override never runs out',
    file: 'shared/core/overrides.ts',
    find: 'last.until >= dayAt(at, timeZone)',
    replace: "last.until >= '' + dayAt(at, timeZone).slice(0, 0)",
    tests: [`${CORE}/decide-asked.test.ts`],
  },
  {
    name: 'the override of one table wakes a run that others hold back',
    file: ASKED,
    find: 'return isHeld ?',
    replace: 'return isHeld && state.round < 0 ?',
    tests: [`${CORE}/decide-asked.test.ts`],
  },
  {
    name: 'a retry runs again what a gate refused',
    file: ASKED,
    find: "some(({ tag }) => tag === 'failed');",
    replace: "some(({ tag }) => tag === 'failed' || tag === 'blocked');",
    tests: [`${CORE}/decide-asked.test.ts`],
  },
  {
    name: 'a run that was cancelled is woken by a repair',
    file: ASKED,
    find: "return status === 'blocked' || status === 'failed';",
    replace: "return status === 'blocked' || status === 'failed' || status === 'cancelled';",
    tests: [`${CORE}/decide-asked.test.ts`],
  },
  {
    name: 'a cancelled run is at rest while its jobs still run',
    file: STOP,
    find: 'stopping === null || Object.values(state.tables).some(isBusy)',
    replace: 'stopping === null',
    tests: [`${CORE}/decide-asked.test.ts`],
  },
  {
    name: 'a detector that sees almost everything missing is believed',
    file: PLAN,
    find: 'vanished !== undefined && isSuspicious(vanished)',
    replace: 'vanished !== undefined && vanished.days < 0',
    tests: ['test/incidents/suspicious-read.test.ts'],
  },
  {
    name: 'a plan that nobody agreed to is carried out',
    file: PLAN,
    find: 'if (hash !== state.plan) {',
    replace: "if (hash === '') {",
    tests: [`${CORE}/agreed-plan.test.ts`],
  },
  {
    name: 'nothing is built on days before the range that nobody verified: forgotten',
    file: PLAN,
    find: 'if (gap !== undefined) {',
    replace: 'if (gap !== undefined && gap.days.length < 0) {',
    tests: [`${CORE}/days-before-the-range.test.ts`],
  },
  {
    name: 'a deadline only counts when a message comes',
    file: LIMITS,
    find: '  const times = [minutesAfter(state.since, deadlines.runMinutes)];',
    replace: '  const times: string[] = [];',
    tests: [PROPERTIES],
  },
  {
    name: 'a late job is launched again before it is known to be over',
    file: LIMITS,
    find: "tables[name] = { ...work, tag: 'cancelling', askedAt: now, next: 'retry', message };",
    replace: "tables[name] = { ...work, tag: 'waiting', notBefore: null };",
    tests: [`${CORE}/limits.test.ts`],
  },
  {
    name: 'a budget is noticed when it is spent twice',
    file: LIMITS,
    find: '!== null && minutes >= budget.jobMinutes',
    replace: '!== null && minutes >= 2 * budget.jobMinutes',
    tests: [`${CORE}/limits.test.ts`],
  },
  {
    name: 'a repair that changed nothing is tried for ever',
    file: REPAIR,
    find: 'if (isStuck(state, phase) || hasFailed || !isAllowed) return null;',
    replace: 'if (hasFailed) return null;',
    tests: [`${CORE}/decide-repair.test.ts`],
  },
  {
    name: 'a repair forgets the days behind the repaired ones',
    file: 'shared/core/plan.ts',
    find: 'union(own, before, ...behind)',
    replace: 'union(own, before)',
    tests: [`${CORE}/decide-roll.test.ts`, `${CORE}/decide-repair.test.ts`],
  },
  {
    name: 'the window is forgotten when days are marked stale',
    file: 'shared/core/stale.ts',
    find: "if (window.kind === 'same-day') return",
    replace: "if (window.kind !== 'days') return",
    tests: [`${CORE}/stale.test.ts`],
  },
  {
    name: 'a table that changed after its gate is read as it is',
    file: 'shared/core/decide-upstream.ts',
    find: "if (read?.tag !== 'passed' && read?.tag !== 'passed-with-warnings') {",
    replace: "if (read?.tag !== 'blocked') {",
    tests: [`${CORE}/decide-asked.test.ts`],
  },
  {
    name: 'a change that was judged since has its table judged once more',
    file: 'shared/core/decide-upstream.ts',
    find: 'if (token !== undefined && token !== read.token) {',
    replace: 'if (token !== undefined && token === null) {',
    tests: ['test/core/decide-asked.test.ts'],
  },
];
