import type { PlantedBug } from '../planted-bug.ts';

/** What has a look before a run say that all is well. */
export const OF_THE_DOCTOR: readonly PlantedBug[] = [
  {
    name: 'what the doctor could not read is good',
    file: 'shared/core/doctor/doctor-line.ts',
    find: "return { check, verdict: 'UNKNOWN', found",
    replace: "return { check, verdict: 'PASS', found",
    tests: ['test/core/doctor/doctor-line.test.ts'],
  },
  {
    name: 'the doctor makes the tables that it should miss',
    file: 'shared/cli/doctor/doctor-local.ts',
    find: 'makesTables: false',
    replace: 'makesTables: true',
    tests: ['test/e2e/doctor.test.ts'],
  },
  {
    name: 'the doctor says nothing of days that the warehouse will delete by itself',
    file: 'shared/core/doctor/tables.ts',
    find: ": warn('partition-expiry', found, fix);",
    replace: ": pass('partition-expiry', found);",
    tests: ['test/core/doctor/table-lines.test.ts'],
  },
];
