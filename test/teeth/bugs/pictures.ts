import type { PlantedBug } from '../planted-bug.ts';

const PICTURES = ['test/page/pictures.test.ts'];
const DATA = ['test/core/view/picture-data.test.ts'];
const CACHED = ['test/page/cached.test.ts'];

/** What the page draws of days, and what it reads for that. */
export const OF_PICTURES: readonly PlantedBug[] = [
  {
    name: 'a column that is nearly full is drawn as full',
    file: 'shared/page/pictures/coverage-chart.ts',
    find: 'Math.min(HEIGHT - 2, Math.max(1, Math.round((part * HEIGHT) / whole)))',
    replace: 'Math.round((part * HEIGHT) / whole)',
    tests: PICTURES,
  },
  {
    name: 'a good day hides a bad one that shares its step',
    file: 'shared/page/pictures/day-columns.ts',
    find: 'badness(point) > badness(known)',
    replace: 'badness(point) <= badness(known)',
    tests: PICTURES,
  },
  {
    name: 'a column that nobody could count is empty on each day',
    file: 'shared/core/view/feature-coverage.ts',
    find: 'const part = numberOrNull(state, holds);',
    replace: 'const part = numberOrNull(state, holds) ?? 0;',
    tests: DATA,
  },
  {
    name: 'rows that nobody could count are none',
    file: 'shared/core/view/rows-of-days.ts',
    find: 'if (isUncounted(facts)) return [];',
    replace: '',
    tests: DATA,
  },
  {
    name: 'an error is answered again for a minute',
    file: 'shared/adapters/pages/cached.ts',
    find: 'if (kept.get(key) === entry) kept.delete(key);',
    replace: 'entry.until = Date.parse(now()) + keepMs;',
    tests: CACHED,
  },
];
