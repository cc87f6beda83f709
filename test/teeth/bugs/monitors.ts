import type { PlantedBug } from '../planted-bug.ts';

const STATE = 'shared/core/monitor/monitor-state.ts';
const STATES = 'test/core/monitor/monitor-state.test.ts';
const DATA = 'shared/shell/observe-data.ts';
const MONITORS = 'test/shell/run-monitor.test.ts';

/** What makes monitors silent, forgetful, or too loud to be heard. */
export const OF_MONITORS: readonly PlantedBug[] = [
  {
    name: 'what nobody could look at is over',
    file: STATE,
    find: 'const ended = isWhole ? unseen : [];',
    replace: 'const ended = unseen;',
    tests: [STATES],
  },
  {
    name: 'a trouble is told at each look',
    file: STATE,
    find: "  if (later(toldAt, REMIND_MS) <= now) return told('lasts', since);",
    replace: "  if (later(toldAt, REMIND_MS) !== now) return told('lasts', since);",
    tests: [STATES],
  },
  {
    name: 'a trouble that lasts is never told again',
    file: STATE,
    find: 'later(toldAt, REMIND_MS) <= now',
    replace: 'later(toldAt, REMIND_MS) < toldAt',
    tests: [STATES],
  },
  {
    name: 'a bad day is forgotten when the window has moved on',
    file: DATA,
    find: 'return { from: oldest !== undefined && oldest < first ? oldest : first, to };',
    replace: 'return { from: oldest === undefined ? first : first, to };',
    tests: [MONITORS],
  },
  {
    name: 'a look at days without a game is a pass',
    file: DATA,
    find: "const idle = findings.length === 0 ? 'IDLE' : 'UNKNOWN';",
    replace: "const idle = findings.length === 0 ? 'PASS' : 'UNKNOWN';",
    tests: [MONITORS],
  },
  {
    name: 'an alert that the bus did not take is forgotten',
    file: 'shared/shell/run-monitor.ts',
    find: 'if (hasRun(state, asked, given)) return tell(monitoring, name, version, state);',
    replace: 'if (hasRun(state, asked, given)) return;',
    tests: [MONITORS],
  },
  {
    name: 'a schedule that somebody paused is taken for one that runs',
    file: 'shared/core/monitor/trigger-findings.ts',
    find: '  if (trigger.isPaused) {',
    replace: '  if (trigger.isPaused && trigger.pause !== null) {',
    tests: ['test/core/monitor/trigger-findings.test.ts'],
  },
  {
    name: 'a schedule that never called is taken for one that did',
    file: 'shared/core/monitor/trigger-findings.ts',
    find: 'if (trigger.lastAttemptAt !== null && trigger.lastAttemptAt >= due) return null;',
    replace: 'if (trigger.lastAttemptAt === null || trigger.lastAttemptAt >= due) return null;',
    tests: ['test/core/monitor/trigger-findings.test.ts'],
  },
];
