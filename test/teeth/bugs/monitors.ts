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
  {
    name: 'what another monitor has told is told again',
    file: STATE,
    find: 'return telling.length > 0 && isEmpty(subtract(finding.days, days));',
    replace: 'return telling.length < 0 && isEmpty(subtract(finding.days, days));',
    tests: [STATES],
  },
  {
    name: 'a phase that was held back is a trouble of its own',
    file: 'shared/core/monitor/troubles.ts',
    find: 'if (holders.get(trouble) !== undefined) return [];',
    replace: 'if (trouble.shown.length === 0) return [];',
    tests: [MONITORS],
  },
  {
    name: 'a run is made good by one that has some of its days',
    file: 'shared/core/monitor/run-findings.ts',
    find: 'return isEmpty(subtract(undone(state), covered));',
    replace: 'return !isEmpty(covered);',
    tests: ['test/core/monitor/run-findings.test.ts'],
  },
  {
    name: 'a look at the last days has the thresholds of a backfill',
    file: 'shared/core/policy.ts',
    find: "if (policy === 'backfill') return pipeline;",
    replace: 'if (policy.length > 0) return pipeline;',
    tests: [MONITORS, 'test/edge/daily-checks.test.ts'],
  },
  {
    name: 'thresholds of a look at the last days may be lowered without a word',
    file: 'shared/core/loosening.ts',
    find: 'return fields[field] ?? plain;',
    replace: 'return field.startsWith(DAILY) ? undefined : (fields[field] ?? plain);',
    tests: ['test/edge/daily-checks.test.ts'],
  },
  {
    name: 'a schedule that is gone has every table cry',
    file: DATA,
    find: '...(silent.length > 0 ? [] : dataFindings(',
    replace: '...(silent.length < 0 ? [] : dataFindings(',
    tests: [MONITORS],
  },
  {
    name: 'what another monitor told of one day keeps all other days silent',
    file: STATE,
    find: 'return telling.length > 0 && isEmpty(subtract(finding.days, days));',
    replace: 'return telling.length > 0 && (days.length < 0 || true);',
    tests: [STATES],
  },
  {
    name: 'a monitor that tells no longer keeps the others silent',
    file: STATE,
    find: 'later(toldAt, 2 * REMIND_MS) > now &&',
    replace: 'later(toldAt, 2 * REMIND_MS) > toldAt &&',
    tests: [STATES],
  },
  {
    name: 'one that cannot look keeps another silent that cannot',
    file: 'shared/shell/observe.ts',
    find: 'cause: `unable/${monitor.name}`,',
    replace: "cause: 'unable',",
    tests: ['test/shell/unable-monitors.test.ts'],
  },
  {
    name: 'a run that was promised is asked for when its trouble is gone',
    file: STATE,
    find: '({ cause, isPublished }) => isPublished || seen.has(cause),',
    replace: '({ cause, isPublished }) => isPublished || cause.length > 0 || seen.has(cause),',
    tests: [STATES],
  },
  {
    name: 'a warning holds a phase back',
    file: 'shared/core/monitor/troubles.ts',
    find: 'phaseOf(other) < phaseOf(held) && blocks(other))',
    replace: 'phaseOf(other) < phaseOf(held))',
    tests: ['test/core/monitor/held-back.test.ts'],
  },
  {
    name: 'rows of a day are over because another table has that day',
    file: 'shared/shell/observe-writes.ts',
    find: 'causeOfData(table) === cause ? [day] : []',
    replace: 'causeOfData(table) === cause || day !== undefined ? [day] : []',
    tests: ['test/shell/observe-writes.test.ts'],
  },
];
