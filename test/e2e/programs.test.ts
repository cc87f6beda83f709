import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openRuns } from '../../shared/adapters/local/open-runs.ts';
import { readDefinitionFiles } from '../../shared/adapters/pipeline-files.ts';
import { withJob } from '../fixtures/with-job.ts';
import { emptyDirectory, phasegate } from './phasegate.ts';
import { type Loaded, loaded, worldWith } from './tiny-world.ts';

const RANGE = ['--from', '2022-01-01', '--to', '2022-01-10'];
const IMAGE = `europe-docker.pkg.dev/p/jobs/teams@sha256:${'0'.repeat(64)}`;
const inCloudOnly = (yaml: string) => withJob(yaml, `{ program: { image: "${IMAGE}" } }`);
const local = (yaml: string) => withJob(yaml, '{ program: { command: ["false"] } }');

let league: Loaded;
beforeAll(async () => {
  league = await loaded(() => true);
});

function opened(change: (yaml: string) => string) {
  const { options, directory } = worldWith(change, league);
  return { directory, where: ['--pipeline', options.pipeline, '--world', options.world] };
}

describe('a program that names no command', () => {
  it.each([
    ['start', RANGE],
    ['plan', RANGE],
    ['up', []],
  ])(
    'is refused by %s before anything begins, by its table and the field',
    async (command, more) => {
      const { directory, where } = opened(inCloudOnly);
      const ended = await phasegate(command, ...more, ...where);
      expect(ended).toMatchObject({ code: 2, stdout: '' });
      expect(ended.stderr).toMatch(
        /analytics\.team_games: job\.program\.command is not set.*\[python3, job\.py\]/s,
      );
      const runs = openRuns(directory);
      expect(await runs?.runs.list()).toEqual([]);
      runs?.close();
    },
  );

  it('is not asked for one where a run leaves its phase out', async () => {
    const { where } = opened(inCloudOnly);
    const ended = await phasegate('plan', ...RANGE, ...where, '--phases', 'precompute');
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/blocked: analytics\.team_games is not good/);
  });
});

it.each([
  [
    'budget: { bytes: 1000000000 }\nretry:',
    /budget\.bytes does not bound the jobs of analytics\.team_games/,
  ],
  ['retry:', /^$/],
])('a plan under %j says whether what a program reads is bounded', async (head, told) => {
  const { where } = opened((yaml) => local(yaml).replace('retry:', head));
  const { stderr } = await phasegate('plan', ...RANGE, ...where);
  expect(stderr.replaceAll(/\s+/g, ' ').trim()).toMatch(told);
});

it('the job that ships refuses a table that a program writes, for good', () => {
  const base = emptyDirectory();
  const { options } = worldWith(local, league);
  const definition = join(base, 'definition.json');
  writeFileSync(definition, readDefinitionFiles(options).text);
  const args = [resolve('shared/cli/main.ts'), 'job', 'analytics.team_games'];
  const { status, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: {
      ...process.env,
      PHASEGATE_RUN: 'tiny-20220101-20220110-0a1b2c3d',
      PHASEGATE_LAUNCH: 'tiny-20220101-20220110-0a1b2c3d.analytics.team_games.1',
      PHASEGATE_TABLE: 'analytics.team_games',
      PHASEGATE_DAYS: '2022-01-01',
      PHASEGATE_PROJECT: 'local',
      PHASEGATE_DEFINITION: definition,
      BIGQUERY_EMULATOR_HOST: 'http://127.0.0.1:9',
      METADATA_SERVER_DETECTION: 'none',
    },
  });
  expect(status).toBe(2);
  expect(stderr).toMatch(/analytics\.team_games is written by a program of its own/);
});
