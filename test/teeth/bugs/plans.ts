import { CORE, type PlantedBug } from '../planted-bug.ts';

const ESTIMATE = `${CORE}/estimate`;

/** What makes a plan promise a night that does not come. */
export const OF_PLANS: readonly PlantedBug[] = [
  {
    name: 'a plan takes no time for a table of which nothing is known',
    file: 'shared/core/estimate/plan-estimate.ts',
    find: '  if (!tables.every(isKnown)) return null;\n',
    replace: '',
    tests: [`${ESTIMATE}/plan-estimate.test.ts`],
  },
  {
    name: 'a plan has a gate take the place of a launch',
    file: 'shared/core/estimate/phase-seconds.ts',
    find: 'busyUntil = [...busyUntil, ends];',
    replace: 'busyUntil = [...busyUntil, ends + each.gate];',
    tests: [`${ESTIMATE}/phase-seconds.test.ts`],
  },
  {
    name: 'a plan rests on a launch that did not write all its days',
    file: 'shared/sql/past-work-query.ts',
    find: ' AND written = days',
    replace: '',
    tests: ['test/shell/read-past-work.test.ts'],
  },
  {
    name: 'a plan in which a phase can never pass is no refusal',
    file: 'shared/core/view/plan-view.ts',
    find: 'isHeldBack(each) || isUnexpected(each)',
    replace: 'isHeldBack(each)',
    tests: [`${CORE}/view/plan-lines.test.ts`],
  },
  {
    name: 'a plan counts the first days of a season against a table',
    file: 'shared/core/plan-matrix.ts',
    find: 'expectedDays(calendar, range, bootstrapDays)',
    replace: 'expectedDays(calendar, range, bootstrapDays * 0)',
    tests: [`${CORE}/plan-matrix.test.ts`],
  },
];
