import type { PlantedBug } from '../planted-bug.ts';

const HAND_OVER = 'shared/core/monitor/hand-over-findings.ts';
const HAND_OVERS = 'test/core/monitor/hand-over-findings.test.ts';
const FILES = 'shared/core/monitor/file-findings.ts';
const LOOKS_AT_FILES = 'test/shell/observe-files.test.ts';
const COSTS = 'test/shell/observe-cost.test.ts';
const WRITES = 'test/shell/observe-writes.test.ts';

/** What makes looks at runs, writes, files, dead letters and costs blind or noisy. */
export const OF_LOOKS: readonly PlantedBug[] = [
  {
    name: 'a fact that nobody took up is nobody’s',
    file: HAND_OVER,
    find: 'if (state === null || last === undefined) return untaken;',
    replace: 'if (state === null || last === undefined) return [];',
    tests: [HAND_OVERS],
  },
  {
    name: 'a table that is judged for ever is never stuck',
    file: HAND_OVER,
    find: 'since: lastNews(effect.table, facts) ?? last };',
    replace: "since: lastNews(effect.table, facts) === undefined ? last : '9999' };",
    tests: [HAND_OVERS],
  },
  {
    name: 'a gate that waits for the warehouse is stuck',
    file: HAND_OVER,
    find: "event.type === 'gate-waiting' || ",
    replace: '',
    tests: [HAND_OVERS],
  },
  {
    name: 'a day that lost its rows after it was written is as it was written',
    file: 'shared/shell/observe-writes.ts',
    find: 'told !== now;',
    replace: 'told !== now && now > 0;',
    tests: [WRITES],
  },
  {
    name: 'a day that a launch is writing does not hold what was written',
    file: 'shared/core/monitor/write-findings.ts',
    find: 'const last = launches.at(-1);',
    replace: 'const last = lastEnded(launches);',
    tests: [WRITES],
  },
  {
    name: 'a file that is older than its game day is fresh',
    file: FILES,
    find: 'Date.parse(changedAt) >= endOf(day, timeZone)',
    replace: 'Date.parse(changedAt) > 0',
    tests: [LOOKS_AT_FILES],
  },
  {
    name: 'files are missed before they are due',
    file: FILES,
    find: 'endOf(day, timeZone) + withinHours * HOUR_MS <= Date.parse(now)',
    replace: 'endOf(day, timeZone) + withinHours <= Date.parse(now)',
    tests: [LOOKS_AT_FILES],
  },
  {
    name: 'of folders for each day only the last is looked into',
    file: FILES,
    find: 'isOfEachDay(place) ? due : due.slice(-1)',
    replace: 'due.slice(-1)',
    tests: [LOOKS_AT_FILES],
  },
  {
    name: 'a place that nobody can read has what is due',
    file: 'shared/shell/observe-files.ts',
    find: "verdict: isUnknown ? 'UNKNOWN' :",
    replace: "verdict: isUnknown && looked === 0 ? 'PASS' :",
    tests: [LOOKS_AT_FILES],
  },
  {
    name: 'what was open in a place that nobody can read is over',
    file: 'shared/shell/observe-files.ts',
    find: 'if (own.trouble !== null || own.days.length === 0) return false;',
    replace: 'if (own.trouble !== null || own.days.length === 0) return true;',
    tests: [LOOKS_AT_FILES],
  },
  {
    name: 'a bucket that is not there is an empty one',
    file: 'shared/adapters/gcp/bucket-ages.ts',
    find: "if (status === 404) return new PhasegateError('not-found', message, error);",
    replace: '',
    tests: ['test/contract/file-ages.bucket.test.ts'],
  },
  {
    name: 'of the names in a bucket only the first page counts',
    file: 'shared/adapters/gcp/bucket-ages.ts',
    find: 'if (nextPageToken === undefined) return newest;',
    replace: 'if (listed === 0) return newest;',
    tests: ['test/contract/file-ages.bucket.test.ts'],
  },
  {
    name: 'where nobody counts dead letters there are none',
    file: 'shared/adapters/gcp/undelivered.ts',
    find: 'if (last.get(calls) === undefined) {',
    replace: 'if (last.size > 0 && last.get(calls) === undefined) {',
    tests: ['test/cloud/undelivered.test.ts'],
  },
  {
    name: 'dead letters that wait are a pass',
    file: 'shared/core/monitor/dead-findings.ts',
    find: 'return piles.map(',
    replace: 'return piles.filter(({ messages }) => messages > 1).map(',
    tests: ['test/shell/observe-dead.test.ts'],
  },
  {
    name: 'what costs nearly too much is told when it is too late',
    file: 'shared/core/monitor/cost-findings.ts',
    find: 'amount >= WARN_FROM * limit',
    replace: 'amount > limit',
    tests: [COSTS],
  },
  {
    name: 'a week is held against what a day may cost',
    file: 'shared/core/monitor/cost-findings.ts',
    find: 'spent.filter((each) => each.day === day);',
    replace: 'spent.filter((each) => each.day <= day);',
    tests: [COSTS],
  },
  {
    name: 'the load jobs of all tables are one number',
    file: 'shared/core/monitor/cost-findings.ts',
    find: 'spent.filter((each) => each.table === table);',
    replace: 'spent.filter((each) => each.table > table);',
    tests: [COSTS],
  },
  {
    name: 'an alert of games that are missing names none',
    file: 'shared/core/monitor/data-findings.ts',
    find: "const such = some.length === 0 ? '' :",
    replace: "const such = some.length > 0 ? '' :",
    tests: ['test/shell/games-and-teams.test.ts'],
  },
  {
    name: 'a digest does not come where the warehouse cannot be read',
    file: 'shared/shell/summarize.ts',
    find: 'return error instanceof Error ? error.message.slice(0, 200) : String(error);',
    replace: 'throw error;',
    tests: ['test/shell/run-monitor.test.ts'],
  },
];
