import type { PlantedBug } from '../planted-bug.ts';

const DRAIN = 'shared/shell/drain.ts';
const STORE = 'shared/adapters/local/sqlite-run-store.ts';
const LOCKS = 'shared/adapters/local/sqlite-locks.ts';
const LAUNCH = 'shared/shell/launch-table.ts';
const STORES = 'test/contract/run-store.local.test.ts';
const LAUNCHES = 'test/shell/launch-table.test.ts';

/** What the old orchestrators did with a run: the part of the shell and of the stores. */
export const SHELL_OF_RUNS: readonly PlantedBug[] = [
  {
    name: 'a promise is forgotten before it is kept',
    file: DRAIN,
    find: '    await perform(bus, run, effect);\n    await runs.settle(run, seq);\n',
    replace: '    await runs.settle(run, seq);\n    await perform(bus, run, effect);\n',
    tests: ['test/shell/drain.test.ts'],
  },
  {
    name: 'what an earlier commit promised waits while facts are recorded',
    file: DRAIN,
    find: '[...stored.outbox, ...promised]',
    replace: 'promised',
    tests: ['test/shell/drain.test.ts'],
  },
  {
    name: 'a lost race loses the facts',
    file: DRAIN,
    find: "if (!isKind(error, 'conflict')) throw error;\n  }\n  return true;",
    replace: "if (!isKind(error, 'conflict')) throw error;\n    return false;\n  }\n  return true;",
    tests: ['test/shell/drain.test.ts'],
  },
  {
    name: 'a commit asks nobody which version it builds on',
    file: STORE,
    find: 'WHERE id = ? AND version = ?`',
    replace: 'WHERE id = ? AND version >= 0 * ?`',
    tests: [STORES],
  },
  {
    name: 'a message that comes twice is two facts',
    file: STORE,
    find: "'INSERT OR IGNORE INTO fact (run, id, event) VALUES (?, ?, ?)'",
    replace: "'INSERT OR REPLACE INTO fact (run, id, event) VALUES (?, ?, ?)'",
    tests: [STORES],
  },
  {
    name: 'the promises of a run are dropped with one of them',
    file: STORE,
    find: "'DELETE FROM outbox WHERE run = ? AND seq = ?'",
    replace: "'DELETE FROM outbox WHERE run = ? AND seq >= 0 * ?'",
    tests: [STORES],
  },
  {
    name: 'two launches write the same days',
    file: LOCKS,
    find: 'const inTheWay = overlapping ??',
    replace: 'const inTheWay =',
    tests: [STORES],
  },
  {
    name: 'a table has as many writers as come',
    file: LOCKS,
    find: 'others.length >= writers ?',
    replace: 'others.length < 0 ?',
    tests: [STORES],
  },
  {
    name: 'the last execution to ask has the fence',
    file: LOCKS,
    find: 'if (findClaim.get(launch) === undefined) claim.run(launch, execution);',
    replace: 'return execution;',
    tests: [STORES],
  },
  {
    name: 'a slow handler launches what its run gave up',
    file: LAUNCH,
    find: "if (own?.tag === 'launching' && own.attempt === attempt) return true;",
    replace: 'return true;',
    tests: [LAUNCHES],
  },
  {
    name: 'nobody looks whether what is read changed since its gate',
    file: LAUNCH,
    find: 'const upstream = hasBegun ?',
    replace: 'const upstream = !hasBegun ?',
    tests: [LAUNCHES],
  },
  {
    name: 'the lock of a table is asked for and not minded',
    file: LAUNCH,
    find: 'if (holder !== null) {',
    replace: 'if (holder !== null && table.job.writers < 0) {',
    tests: [LAUNCHES],
  },
  {
    name: 'a launch that was given up for a lock may still begin',
    file: LAUNCH,
    find: 'if (holder !== null) {\n    if (!(await closeFence(runs, launch))) return;',
    replace: 'if (holder !== null) {',
    tests: [LAUNCHES],
  },
  {
    name: 'a launch is recorded as begun before it has begun',
    file: LAUNCH,
    find: '  let execution: string;\n  try {',
    replace:
      "  let execution: string;\n  await record(world, run, `${launch}:confirmed`, { type: 'launch-confirmed', ...subject, execution: launch });\n  try {",
    tests: ['test/incidents/refused-launch.test.ts', LAUNCHES],
  },
  {
    name: 'a launch that was cancelled may still begin',
    file: 'shared/shell/cancel-launch.ts',
    find: '  await closeFence(world.runs, launch);\n',
    replace: '',
    tests: [LAUNCHES],
  },
  {
    name: 'executions that no run waits for go on',
    file: 'shared/shell/sweep.ts',
    find: 'await jobs.cancel(launch);',
    replace: '{}',
    tests: ['test/incidents/orphans.test.ts'],
  },
  {
    name: 'a lock is let go of while its job still writes',
    file: 'shared/shell/sweep.ts',
    find: 'running.includes(launch) || ',
    replace: '',
    tests: ['test/incidents/orphans.test.ts'],
  },
  {
    name: 'an ended run wakes beside a live one',
    file: 'shared/shell/ask-run.ts',
    find: 'WAKES.includes(event.type)',
    replace: "event.type === 'signed-off'",
    tests: ['test/shell/ask-run.test.ts'],
  },
  {
    name: 'a table is judged while a launch may still write it',
    file: 'shared/shell/launch-lock.ts',
    find: 'if (!(await isOver(runs, lock))) return lock.launch;',
    replace: 'if (await isOver(runs, lock)) return lock.launch;',
    tests: ['test/shell/slow-gate.test.ts'],
  },
  {
    name: 'messages to one run hold a start as one',
    file: 'shared/shell/alone.ts',
    find: 'fingerprint(messageId).slice(0, 12)',
    replace: "'0'",
    tests: ['test/shell/alone.test.ts'],
  },
  {
    name: 'a start beside a live run of the same days is accepted',
    file: 'shared/shell/start-run.ts',
    find: 'await alone(world, definition.pipeline, request, run, messageId, ask);',
    replace: 'await ask();',
    tests: ['test/shell/start-run.test.ts'],
  },
  {
    name: 'a job that knows it is not alone writes all the same',
    file: 'shared/shell/run-job.ts',
    find: "    if (!(await fence())) return 'fenced';",
    replace: '',
    tests: ['test/shell/run-job.test.ts'],
  },
  {
    name: 'questions that nobody answered are not asked again',
    file: 'shared/shell/reconcile.ts',
    find: 'if (lasts(JSON.stringify(effect), ANSWER_MS)) await',
    replace: 'if (lasts(JSON.stringify(effect), 1e12)) await',
    tests: ['test/shell/reconcile.test.ts'],
  },
  {
    name: 'silence is taken for failure',
    file: 'shared/shell/reconcile.ts',
    find: "if (found === 'running' || !lasts",
    replace: 'if (!lasts',
    tests: ['test/shell/reconcile.test.ts'],
  },
  {
    name: 'a launch that is yet to come has ended already',
    file: 'shared/shell/record-job.ts',
    find: 'if (attempt > (stored.state.tables[table]?.attempt ?? 0)) {',
    replace: 'if (attempt > 10_000) {',
    tests: ['test/shell/told-by-strangers.test.ts'],
  },
  {
    name: 'a gate answers before anybody waits for it',
    file: 'shared/shell/run-gate.ts',
    find: 'if (!isOpen(state, message) || (await',
    replace: 'if (state.round !== message.round || (await',
    tests: ['test/shell/told-by-strangers.test.ts'],
  },
  {
    name: 'a run that moves hides what it lost',
    file: 'shared/shell/reconcile.ts',
    find: 'const since = before.get(what) ?? now;',
    replace: 'const since = before.size > 1 ? now : (before.get(what) ?? now);',
    tests: ['test/incidents/lost-beside-others.test.ts'],
  },
  {
    name: 'an execution that its run gave up goes on writing',
    file: 'shared/shell/claim-launch.ts',
    find: '  if (!isAwaited) {',
    replace: '  if (!isAwaited && table === undefined) {',
    tests: ['test/shell/claim-launch.test.ts'],
  },
];
