import type { PlantedBug } from '../planted-bug.ts';

const DUE = 'shared/core/due.ts';
const DUE_TESTS = 'test/core/due.test.ts';
const REPAIR = 'shared/core/monitor/auto-repair.ts';
const REPAIR_TESTS = 'test/core/monitor/auto-repair.test.ts';
const OPEN = 'shared/shell/auto-repair.ts';
const OPEN_TESTS = 'test/shell/auto-repair.test.ts';
const READY = 'shared/core/monitor/readiness.ts';
const READY_TESTS = 'test/core/monitor/readiness.test.ts';
const GRID = 'shared/core/monitor/grid.ts';
const GRID_TESTS = 'test/core/monitor/grid.test.ts';

/** What makes a day due too early, too late or never, and gaps that nobody sees. */
export const OF_THE_GRID: readonly PlantedBug[] = [
  {
    name: 'a day that is not due yet is missed',
    file: 'shared/shell/observe-data.ts',
    find: '    onlyDue: true,\n',
    replace: '',
    tests: ['test/shell/not-due.test.ts'],
  },
  {
    name: 'rows that came early are not judged',
    file: DUE,
    find: 'return subtract(subtract(expected, filled), daysDue(',
    replace: 'return subtract(subtract(expected, NO_DAYS), daysDue(',
    tests: [DUE_TESTS],
  },
  {
    name: 'a day is due by the date alone, whatever the clock says',
    file: DUE,
    find: 'dueAt(due, today, timeZone) <= Date.parse(now) ? today',
    replace: 'dueAt(due, today, timeZone) !== Date.parse(now) - 1 ? today',
    tests: [DUE_TESTS],
  },
  {
    name: 'a gap of an earlier season is forgotten',
    file: 'shared/shell/observe-grid.ts',
    find: '      index === ranges.length - 1 ||\n      days.some(',
    replace: '      index === ranges.length - 1 ||\n      [].some(',
    tests: ['test/shell/observe-grid.test.ts'],
  },
  {
    name: 'a gap is over because the schedule lost its day',
    file: 'shared/shell/observe-grid.ts',
    find: 'isOver: ({ days }: Finding) => isEmpty(subtract(days, known)),',
    replace: 'isOver: ({ days }: Finding) => isEmpty(subtract(days, days)) || known.length < 0,',
    tests: ['test/shell/observe-grid.test.ts'],
  },
  {
    name: 'a day that somebody signed for is overdue for ever',
    file: GRID,
    find: 'const waived = intersect(signed, without);',
    replace: 'const waived = intersect(signed, subtract(without, without));',
    tests: ['test/shell/observe-grid.test.ts'],
  },
  {
    name: 'a day that nobody could judge is no gap',
    file: GRID,
    find: "['VERIFIED', 'EMPTY_OK', 'RUNNING']",
    replace: "['VERIFIED', 'EMPTY_OK', 'RUNNING', 'UNJUDGED']",
    tests: [GRID_TESTS],
  },
  {
    name: 'half a day that came before its due time is a gap',
    file: GRID,
    find: 'subtract(intersect(outcomes[outcome] ?? NO_DAYS, due), waived)',
    replace: 'subtract(union(outcomes[outcome] ?? NO_DAYS, intersect(due, NO_DAYS)), waived)',
    tests: [GRID_TESTS],
  },
  {
    name: 'a gap that no check shows is told to nobody',
    file: 'shared/core/monitor/gap-troubles.ts',
    find: 'return [...shown, ...unshown].filter(',
    replace: 'return [...shown, ...unshown.slice(unshown.length)].filter(',
    tests: [GRID_TESTS],
  },
  {
    name: 'an empty schedule has a grid without gaps, which is a pass',
    file: 'shared/shell/observe-grid.ts',
    find: "isEmpty(daysOfGaps(outcomes)))) return 'IDLE';",
    replace: "isEmpty(daysOfGaps(outcomes)))) return 'PASS';",
    tests: ['test/shell/observe-grid.test.ts'],
  },
  {
    name: 'a monitor repairs what no file allows',
    file: REPAIR,
    find: 'tables.find(({ autoRepair }) => autoRepair === null);',
    replace: 'tables.find(({ autoRepair }) => autoRepair?.perWeek === 0);',
    tests: [REPAIR_TESTS],
  },
  {
    name: 'a repair leaves behind it what it made stale',
    file: REPAIR,
    find: 'union(...plan.values(), gaps).at(-1)?.to ?? from;',
    replace: 'gaps.at(-1)?.to ?? from;',
    tests: [REPAIR_TESTS],
  },
  {
    name: 'a repair is as long as its gaps',
    file: REPAIR,
    find: 'if (days <= most) return null;',
    replace: 'if (days <= most + 999) return null;',
    tests: [REPAIR_TESTS],
  },
  {
    name: 'a monitor repairs each day anew',
    file: REPAIR,
    find: 'return before.length >= (autoRepair?.perWeek ?? 0);',
    replace: 'return before.length > (autoRepair?.perWeek ?? 0);',
    tests: [REPAIR_TESTS],
  },
  {
    name: 'what nobody could judge is repaired',
    file: REPAIR,
    find: "'UNJUDGED' in gaps);",
    replace: "'UNJUDGED' in gaps && gaps.UNJUDGED?.length === 0);",
    tests: [REPAIR_TESTS],
  },
  {
    name: 'a monitor writes what a live run writes',
    file: OPEN,
    find: '    return error.message;',
    replace: '    return null;',
    tests: [OPEN_TESTS],
  },
  {
    name: 'a crash behind the message opens the run twice',
    file: OPEN,
    find: 'if ((await runs.load(run)) !== null) return;',
    replace: 'if ((await runs.load(run)) === undefined) return;',
    tests: [OPEN_TESTS],
  },
  {
    name: 'a run is opened and nobody hears of it',
    file: 'shared/core/monitor/monitor-state.ts',
    find: 'return finding.cause === repair?.cause ? toldOfRepair(look, now) : look;',
    replace: 'return finding.cause === repair?.run ? toldOfRepair(look, now) : look;',
    tests: [OPEN_TESTS],
  },
  {
    name: 'each monitor has a week of its own',
    file: OPEN,
    find: 'return states.flatMap(({ state }) => state.repairs ?? []);',
    replace: 'return states.slice(0, 0).flatMap(({ state }) => state.repairs ?? []);',
    tests: [OPEN_TESTS],
  },
  {
    name: 'a phase is ready when its first table is',
    file: READY,
    find: 'const ready = Math.max(',
    replace: 'const ready = Math.min(',
    tests: [READY_TESTS],
  },
  {
    name: 'a phase that lacks a table is ready in time',
    file: READY,
    find: 'if (instants.includes(null)) return null;',
    replace: 'if (instants.length === 0) return null;',
    tests: [READY_TESTS],
  },
  {
    name: 'a day is ready when it was seen to be good last',
    file: READY,
    find: 'if (!own.has(day)) own.set(day, at);',
    replace: 'own.set(day, at);',
    tests: [READY_TESTS],
  },
  {
    name: 'a part of the checks makes a day good',
    file: 'shared/shell/evidence.ts',
    find: 'if (table.told !== undefined || isEmpty(days)) return [];',
    replace: 'if (isEmpty(days)) return [];',
    tests: ['test/shell/readiness.test.ts'],
  },
  {
    name: 'no digest comes while the warehouse is away',
    file: 'shared/shell/digest.ts',
    find: 'if (!(error instanceof PhasegateError)) throw error;',
    replace: 'if (error !== null) throw error;',
    tests: ['test/shell/readiness.test.ts'],
  },
  {
    name: 'a due time may be moved to any later one',
    file: 'shared/core/promises.ts',
    find: "    ['dueTime', due.at],\n",
    replace: '',
    tests: ['test/edge/due-file.test.ts'],
  },
];
