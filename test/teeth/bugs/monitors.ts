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
    find: 'isLookedAt ? parted(unseen, isOver) : [unseen, []];',
    replace: '[unseen, []];',
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
    find: "verdict: findings.length === 0 ? 'IDLE' : 'UNKNOWN', message",
    replace: "verdict: findings.length === 0 ? 'PASS' : 'UNKNOWN', message",
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
  {
    name: 'a trouble is over because the schedule no longer expects its days',
    file: DATA,
    find: '(isScheduleSound && isEmpty(subtract(days, expected)))',
    replace: 'isScheduleSound',
    tests: [MONITORS],
  },
  {
    name: 'a monitor that does not end is never late',
    file: 'shared/core/monitor/digest-text.ts',
    find: 'last.due < lastDue',
    replace: 'last.due === lastDue',
    tests: [MONITORS],
  },
];
