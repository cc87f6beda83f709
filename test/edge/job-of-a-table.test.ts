import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tablesOf } from '../../shared/core/pipeline.ts';
import { readDefinition, readPipeline } from '../../shared/edge/pipeline-file.ts';
import { withJob } from '../fixtures/with-job.ts';

const TINY = readFileSync('test/fixtures/tiny.yaml', 'utf8');
const image = (digit: string) => `europe-docker.pkg.dev/p/jobs/teams@sha256:${digit.repeat(64)}`;

/** The tiny pipeline with this job for its first table. */
function read(job: string) {
  const text = withJob(TINY, job);
  return readPipeline({ file: 'tiny.yaml', text }, null, (path) => {
    throw new Error(`no file ${path}`);
  });
}
const jobOf = (job: string) => tablesOf(read(job).pipeline)[0]?.job;

it('is a program where the file names one, with what may be left out left out', () => {
  expect(jobOf('{ program: { command: [python3, job.py] } }')).toEqual({
    kind: 'program',
    program: { image: null, command: ['python3', 'job.py'], args: [] },
    writers: 1,
    deadlineMinutes: null,
  });
  const full = `{ program: { image: "${image('0')}", args: [a b, "*"] }, writers: 3, deadlineMinutes: 7, memory: 4Gi, cpu: '2' }`;
  expect(jobOf(full)).toEqual({
    kind: 'program',
    program: { image: image('0'), command: null, args: ['a b', '*'] },
    writers: 3,
    deadlineMinutes: 7,
  });
});

it('is a SELECT otherwise, in chunks of 31 days where nobody says of how many', () => {
  expect(jobOf('{ select: SELECT 1 }')).toMatchObject({ kind: 'select', chunkDays: 31 });
  expect(jobOf('{ select: SELECT 1, chunkDays: 5 }')).toMatchObject({ chunkDays: 5 });
});

it('reads back from the definition that a run is pinned to, program or SELECT', () => {
  for (const job of [`{ program: { image: "${image('0')}" } }`, '{ select: SELECT 1 }']) {
    const first = read(job);
    expect(readDefinition(first.text)).toEqual(first);
  }
});

it('with another image, command or argument is another definition', () => {
  const jobs = [
    `{ program: { image: "${image('0')}" } }`,
    `{ program: { image: "${image('1')}" } }`,
    `{ program: { image: "${image('1')}", args: [a] } }`,
    `{ program: { image: "${image('1')}", command: [a] } }`,
  ];
  expect(new Set(jobs.map((job) => read(job).hash)).size).toBe(jobs.length);
});

it.each([
  ['neither SELECT nor program', '{ writers: 2 }', /neither select nor program; .*exactly one/],
  ['both', '{ select: SELECT 1, program: { command: [a] } }', /both select and program; .*exactly/],
  ['a program without image and command', '{ program: { args: [a] } }', /neither an image nor/],
  ['an image by its tag', '{ program: { image: "p/jobs:latest" } }', /by its digest.*jobs:latest/],
  [
    'an empty command',
    '{ program: { command: [] } }',
    /program\.command\.0: a text that is not empty/,
  ],
  [
    'a command as one text',
    '{ program: { command: python3 job.py } }',
    /as a list.*found "python3 job\.py"/,
  ],
  ['chunks of a program', '{ program: { command: [a] }, chunkDays: 5 }', /is for a select/],
  ['memory without a unit', "{ select: SELECT 1, memory: '512' }", /such as 512Mi.*"512"/],
  ['three processors', '{ select: SELECT 1, cpu: 3 }', /'1', '2', '4'.*found 3/],
  ['a misspelt field', '{ program: { command: [a], arg: [b] } }', /"arg"/],
])('with %s is refused, with file and line', (_, job, message) => {
  expect(() => read(job)).toThrow(message);
  expect(() => read(job)).toThrow(/tiny\.yaml:\d+:\d+/);
});
