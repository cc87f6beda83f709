import type { PlantedBug } from '../planted-bug.ts';

const RUNS = ['test/local/program.test.ts'];
const COMMANDS = ['test/e2e/programs.test.ts'];
const FILE = ['test/edge/job-of-a-table.test.ts'];
const LAUNCH = 'shared/adapters/local/launch-command.ts';

/** What lets another program write a table than the one that its run is pinned to, or lets it start where it cannot. */
export const OF_PROGRAMS: readonly PlantedBug[] = [
  {
    name: 'a table may have a SELECT and a program, and nobody knows which one writes it',
    file: 'shared/edge/job-schema.ts',
    find: '(select === undefined) === (program === undefined)',
    replace: 'select === undefined && program === undefined',
    tests: FILE,
  },
  {
    name: 'the image of a program may be a tag, which is another one tomorrow',
    file: 'shared/edge/job-schema.ts',
    find: '/^[^\\s@]+@sha256:[0-9a-f]{64}$/',
    replace: '/^[^\\s@]+[@:]/',
    tests: FILE,
  },
  {
    name: 'a program runs where somebody happens to be',
    file: LAUNCH,
    find: 'return { command: [...command, ...args], directory };',
    replace: 'return { command: [...command, ...args], directory: undefined };',
    tests: RUNS,
  },
  {
    name: 'the arguments of a program are left out',
    file: LAUNCH,
    find: '[...command, ...args]',
    replace: '[...command]',
    tests: RUNS,
  },
  {
    name: 'a program is handed a channel that what it starts may take for its own',
    file: 'shared/adapters/local/child-process-runner.ts',
    find: "...(launch.program === null ? (['ipc'] as const) : [])",
    replace: "'ipc'",
    tests: RUNS,
  },
  {
    name: 'a program that can never start is asked for again and again',
    file: 'shared/adapters/local/child-process-runner.ts',
    find: "        if (isKind(error, 'invalid-input')) throw error;\n",
    replace: '',
    tests: RUNS,
  },
  {
    name: 'a run that a local world cannot finish is begun',
    file: 'shared/cli/programs.ts',
    find: 'if (lacking.length === 0) return;',
    replace: 'if (lacking.length >= 0) return;',
    tests: COMMANDS,
  },
  {
    name: 'a budget that bounds no program says nothing of it',
    file: 'shared/cli/programs.ts',
    find: 'pipeline.budget.bytes === null || tables.length === 0',
    replace: 'pipeline.budget.bytes !== null || tables.length === 0',
    tests: COMMANDS,
  },
  {
    name: 'a program is held to the image of the job that ships',
    file: 'shared/adapters/gcp/cloud-run-launch.ts',
    find: 'if (program.image !== null) return program.image;',
    replace: 'if (program.image !== null) return image;',
    tests: ['test/cloud/cloud-run-template.test.ts'],
  },
  {
    name: 'a program without an image runs as whatever is deployed',
    file: 'shared/adapters/gcp/cloud-run-launch.ts',
    find: 'if (program.image !== null) return program.image;',
    replace: 'if (program !== undefined) return program.image;',
    tests: ['test/cloud/cloud-run-template.test.ts'],
  },
  {
    name: 'every job is deployed with the image of the job that ships',
    file: 'infra/jobs.tf',
    find: 'coalesce(each.value.image, var.job_image)',
    replace: 'var.job_image',
    tests: ['test/infra/rules.test.ts'],
  },
];
