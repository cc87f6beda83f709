import type { PlantedBug } from '../planted-bug.ts';

const TOLD = 'shared/core/view/report-told.ts';
const REPORT = 'test/core/view/report.test.ts';
const PROGRESS = 'test/core/view/progress.test.ts';

/** What tells people of a run something else than what is. */
export const WATCH_AND_REPORT: readonly PlantedBug[] = [
  {
    name: 'a waiver that has run out is reported as in force',
    file: TOLD,
    find: 'table in state.tables && until >= on &&',
    replace: 'table in state.tables && (until >= on || until < on) &&',
    tests: [REPORT],
  },
  {
    name: 'a table that no gate has judged is no case of JUnit',
    file: 'shared/core/view/report-junit.ts',
    find: 'isShown ? cases : [...cases, untold(table)]',
    replace: "untold(table).id === '' ? [] : cases",
    tests: [REPORT],
  },
  {
    name: 'a check that is as bad as before is reported as new',
    file: TOLD,
    find: "if (former === null) return 'no gate before';",
    replace: "if (former === null || former.observed === observed) return 'no gate before';",
    tests: [REPORT],
  },
  {
    name: 'what an earlier attempt wrote is shown as written by the one that runs',
    file: 'shared/core/view/progress.ts',
    find: 'words?.attempt === own.attempt ? words : undefined',
    replace: 'own.attempt > 0 ? words : undefined',
    tests: [PROGRESS],
  },
  {
    name: 'a table whose job has ended is counted as passed before its gate',
    file: 'shared/core/view/progress-block.ts',
    find: 'Object.values(tables).filter(hasPassed).length',
    replace:
      "Object.values(tables).filter((each) => hasPassed(each) || each.tag === 'verifying').length",
    tests: [PROGRESS],
  },
  {
    name: 'an alert waits for a report that cannot be read',
    file: 'shared/shell/perform.ts',
    find: '.catch(() => null)',
    replace: '.finally(() => null)',
    tests: ['test/shell/perform.test.ts'],
  },
];
