import { CHECKS, CORE, type PlantedBug } from '../planted-bug.ts';

const VALIDATED = [`${CORE}/validate-relations.test.ts`];
const FILE = ['test/edge/pipeline-file.test.ts'];
const EMPTY = ['test/pipelines/nothing-passes.test.ts'];

/** What a file may promise, and what a run is started with. */
export const DEFINITIONS: readonly PlantedBug[] = [
  {
    name: 'a check without a bound is accepted',
    file: 'shared/core/checks/range.ts',
    find: "if (min === null && max === null) return ['has neither",
    replace: "if (min === null && max !== null) return ['has neither",
    tests: FILE,
  },
  {
    name: 'a check takes the id of one that every table has',
    file: 'shared/core/validate-checks.ts',
    find: 'BUILT_IN_KINDS.some((kind) => kind === id)',
    replace: "['fresh'].some((kind) => kind === id)",
    tests: VALIDATED,
  },
  {
    name: 'an overlay lets a season begin later',
    file: 'shared/core/validate-overlay.ts',
    find: 'laid.start <= start',
    replace: 'laid.start >= start',
    tests: FILE,
  },
  {
    name: 'a threshold of 0 % is accepted',
    file: 'shared/core/validate-checks.ts',
    find: 'bound?.numerator === 0n',
    replace: 'bound?.numerator === -1n',
    tests: VALIDATED,
  },
  {
    name: 'a check reads a relation that nobody declares',
    file: 'shared/core/validate-checks.ts',
    find: 'const dayless = read.filter((name) => relationNamed(pipeline, name) === undefined);',
    replace: 'const dayless = read.filter((name) => name === relation.name);',
    tests: VALIDATED,
  },
  {
    name: 'a column that nobody declared is accepted',
    file: 'shared/core/validate-checks.ts',
    find: '...unknownColumns(relation.columns, kind.columns(check)),',
    replace: '...unknownColumns(relation.columns, []),',
    tests: FILE,
  },
  {
    name: 'a changed threshold is the same definition',
    file: 'shared/edge/pipeline-file.ts',
    find: "createHash('sha256').update(text)",
    replace: "createHash('sha256').update(text.replaceAll(/\\d+/g, ''))",
    tests: FILE,
  },
  {
    name: 'a job starts in an environment that was wiped',
    file: 'shared/edge/job-environment.ts',
    find: "const given = z.string({ error: 'is not set' });",
    replace: "const given = z.string({ error: 'is not set' }).default('a.t');",
    tests: ['test/edge/job-environment.test.ts'],
  },
  {
    name: 'a phase passes when one of its tables has',
    file: 'shared/core/decide-gate.ts',
    find: 'if (behind.length > 0) {',
    replace: 'if (behind.length === names.length) {',
    tests: [`${CORE}/decide-roll.test.ts`],
  },
  {
    name: 'a mean in another unit is no trouble',
    file: 'shared/core/checks/distribution.ts',
    find: 'isWithin(mean, check.mean) && (sd === null',
    replace: 'isWithin(mean, { min: null, max: null }) && (sd === null',
    tests: [`${CHECKS}/distribution.test.ts`],
  },
  {
    name: 'jobs of which nothing is known fared well',
    file: 'shared/core/checks/lifecycle.ts',
    find: 'if (told.length === 0) {',
    replace: 'if (told.length < 0) {',
    tests: EMPTY,
  },
  {
    name: 'rows that nobody reported were written',
    file: 'shared/core/checks/written.ts',
    find: 'if (judged === 0) {',
    replace: 'if (judged < 0) {',
    tests: EMPTY,
  },
];
