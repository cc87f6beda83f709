import type { PlantedBug } from '../planted-bug.ts';

const VIEWS = 'test/page/views.test.ts';

/** What lets the page say more than is known, or less, or what somebody else wrote into it. */
export const OF_PAGES: readonly PlantedBug[] = [
  {
    name: 'a reason full of markup is markup',
    file: 'shared/page/markup.ts',
    find: "if (typeof piece === 'string') return escaped(piece);",
    replace: "if (typeof piece === 'string') return piece;",
    tests: ['test/page/every-view.test.ts'],
  },
  {
    name: 'nothing is open because no monitor ever looked, and that is a pass',
    file: 'shared/page/now-verdict.ts',
    find: 'silent > 0 || blind > 0 || unread.length > 0 || monitors === 0',
    replace: 'blind > 0 || unread.length > 0',
    tests: ['test/page/now-verdict.test.ts'],
  },
  {
    name: 'a run that was refused is forgotten once any other has passed',
    file: 'shared/page/now-verdict.ts',
    find: 'const request = JSON.stringify(run.request);',
    replace: 'const request = run.request.pipeline;',
    tests: ['test/page/now-verdict.test.ts'],
  },
  {
    name: 'one schedule service that is away takes the whole page with it',
    file: 'shared/adapters/pages/reading.ts',
    find: 'return { trouble: error instanceof Error ? error.message : String(error) };',
    replace: 'throw error;',
    tests: [VIEWS],
  },
  {
    name: 'evidence that somebody changed is not there, and nobody says that it is damaged',
    file: 'shared/adapters/pages/gate-route.ts',
    find: "if (isKind(error, 'not-found')) return null;",
    replace: "if (isKind(error, 'not-found') || isKind(error, 'invalid-input')) return null;",
    tests: [VIEWS],
  },
  {
    name: 'a waiver counts as absent on its last day',
    file: 'shared/page/audit-view.ts',
    find: 'return until < today ?',
    replace: 'return until <= today ?',
    tests: [VIEWS],
  },
  {
    name: 'the oldest runs are taken for the newest',
    file: 'shared/adapters/local/sqlite-run-store.ts',
    find: 'FROM run ORDER BY changed DESC LIMIT ?`;',
    replace: 'FROM run ORDER BY changed LIMIT ?`;',
    tests: ['test/contract/run-store.local.test.ts'],
  },
];
