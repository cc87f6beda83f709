import { execFile, execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { launchId, parseTableName } from '../../shared/core/ids.ts';
import { RUN } from '../core/build.ts';
import { fillTiny, openWarehouse, TINY } from '../fixtures/tiny-warehouse.ts';
import { emptyFolder, installHere, ROOT } from './scratch.ts';

const TABLE = 'analytics.team_games';
const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
const [build = '', image = ''] = dockerfile.split(/^(?=FROM )/m).slice(1);

/** What stands behind an instruction, each time it stands there. */
function told(stage: string, instruction: string): readonly string[] {
  return [...stage.matchAll(new RegExp(`^${instruction} (.*)$`, 'gm'))].map(
    ([, text = '']) => text,
  );
}

type Ended = Readonly<{ code: number; stdout: string; stderr: string }>;

function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  return new Promise((done) =>
    execFile(process.execPath, args, { env: { ...process.env, ...env } }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    ),
  );
}

/** What the first stage makes of a checkout, with the packages that `npm ci` would bring. */
function madeAsInDocker(): string {
  const letIn = readFileSync(join(ROOT, '.dockerignore'), 'utf8').trim().split('\n');
  expect(letIn[0]).toBe('*');
  const checkout = emptyFolder();
  for (const copy of told(build, 'COPY')) {
    const [target = '', ...sources] = copy.split(' ').reverse();
    for (const source of sources) {
      expect(letIn).toContain(`!${source}`);
      const place = target === './' ? source : target;
      cpSync(join(ROOT, source), join(checkout, place), { recursive: true });
    }
  }
  const [command = ''] = told(build, 'RUN');
  const [node, ...args] = command.split(' ');
  expect([node, args.at(-1)]).toEqual(['node', '/job']);
  const job = join(emptyFolder(), 'job');
  execFileSync(process.execPath, [...args.slice(0, -1), job], { cwd: checkout, stdio: 'pipe' });
  const { dependencies } = JSON.parse(readFileSync(join(job, 'package.json'), 'utf8'));
  installHere(job, Object.keys(dependencies));
  return job;
}

describe('the image of the jobs', () => {
  let job: string;
  const environment = (more: Readonly<Record<string, string>> = {}) => {
    const definition = join(emptyFolder(), 'definition.json');
    writeFileSync(definition, TINY.text);
    return {
      PHASEGATE_RUN: RUN,
      PHASEGATE_LAUNCH: launchId(RUN, parseTableName(TABLE), 2),
      PHASEGATE_TABLE: TABLE,
      PHASEGATE_DAYS: '2022-01-01..2022-01-10',
      PHASEGATE_PROJECT: 'local',
      PHASEGATE_DEFINITION: definition,
      METADATA_SERVER_DETECTION: 'none',
      ...more,
    };
  };
  const inImage = (args: readonly string[], env: Readonly<Record<string, string>>) =>
    run([join(job, 'shared/cli/job-main.ts'), ...args], env);
  const inCheckout = (args: readonly string[], env: Readonly<Record<string, string>>) =>
    run([join(ROOT, 'shared/cli/main.ts'), 'job', ...args], env);

  beforeAll(() => {
    job = madeAsInDocker();
  });

  it('takes from its first stage the written source and nothing else, and does not run as root', () => {
    expect(told(image, 'COPY')).toEqual(['--from=source /job ./']);
    expect(told(image, 'USER')).toEqual(['node']);
    expect(told(image, 'RUN')).toEqual([]);
    expect(told(image, 'ENTRYPOINT')).toEqual(['["node", "shared/cli/job-main.ts"]']);
  });

  it('installs what the written lock names, without dev dependencies, DuckDB and polyglot', () => {
    expect(told(build, 'RUN')[1]).toMatch(/^cd \/job && npm ci --omit=dev --ignore-scripts /);
    const { packages } = JSON.parse(readFileSync(join(job, 'package-lock.json'), 'utf8'));
    const names = Object.keys(packages);
    expect(names).toContain('node_modules/@google-cloud/bigquery');
    expect(names.filter((name) => /duckdb|polyglot|commander|vitest/.test(name))).toEqual([]);
  });

  it('writes its table as `phasegate job` does, without the rest of the checkout', async () => {
    const { server, warehouse } = await openWarehouse(':memory:');
    try {
      await fillTiny(warehouse);
      const env = environment({ BIGQUERY_EMULATOR_HOST: server.url });
      const ended = await inImage([TABLE], env);
      expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/: \d+ rows\n$/) });
      expect(ended).toEqual(await inCheckout([TABLE], env));
    } finally {
      await server.close();
    }
  });

  it.each([
    ['that nobody set', [TABLE], {}, 2],
    ['of a table that the pipeline has not', ['analytics.gone'], environment(), 2],
    [
      'whose orchestrator does not answer',
      [TABLE],
      environment({ PHASEGATE_API: 'http://127.0.0.1:1' }),
      3,
    ],
  ])('ends in an environment %s as `phasegate job` does', async (_, args, env, code) => {
    const ended = await inImage(args, env);
    expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(/\w{5}/) });
    expect(ended).toEqual(await inCheckout(args, env));
  });

  it.each([[[]], [[TABLE, TABLE]]])('ends with 2 when it is given %j', async (args) => {
    expect(await inImage(args, {})).toMatchObject({ code: 2, stdout: '' });
  });
});
