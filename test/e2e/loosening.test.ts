import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeTinyLeague } from '../fixtures/tiny-league.ts';
import { emptyDirectory, phasegate } from './phasegate.ts';

const TINY = readFileSync('test/fixtures/tiny.yaml', 'utf8');
const LOOSE = TINY.replace(
  'column: points, atLeastPercent: 95',
  'column: points, atLeastPercent: 45',
);
const RANGE = ['--from', '2022-01-01', '--to', '2022-01-10'];
const declared = (until: string) =>
  LOOSE.replace(
    'retry:',
    `loosened: [{ table: analytics.team_games, check: points-filled, reason: late feed, who: ana, until: ${until} }]\nretry:`,
  );

/** A directory with a pipeline file and nothing else. */
function pipelineFile(text = TINY) {
  const directory = emptyDirectory();
  const file = join(directory, 'tiny.yaml');
  const write = (changed: string) => {
    expect(changed).not.toBe(readFileSync(file, 'utf8'));
    writeFileSync(file, changed);
  };
  writeFileSync(file, text);
  const lockFile = join(directory, 'tiny.lock.yaml');
  const lock = (...args: readonly string[]) => phasegate('lock', '--pipeline', file, ...args);
  return { directory, file, write, lockFile, lock, options: ['--pipeline', file] };
}

describe('a lock file', () => {
  it('is missing, written, up to date, stale and up to date again, and CI sees it', async () => {
    const { lock, lockFile, write } = pipelineFile();
    expect(await lock('--check')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/tiny\.lock\.yaml is missing.*npx phasegate lock --pipeline/),
    });
    expect(existsSync(lockFile)).toBe(false);
    expect((await lock()).code).toBe(0);
    expect(await lock('--check')).toMatchObject({ code: 0, stderr: '' });
    write(TINY.replace('max: 200', 'max: 199'));
    const before = readFileSync(lockFile, 'utf8');
    expect(await lock('--check')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/is stale/),
    });
    expect(readFileSync(lockFile, 'utf8')).toBe(before);
    expect((await lock()).code).toBe(0);
    expect(readFileSync(lockFile, 'utf8')).toContain('max: 199');
    expect((await lock('--check')).code).toBe(0);
  });

  it('is never written over a promise that was lowered from 95 to 45', async () => {
    const { lock, lockFile, write } = pipelineFile();
    await lock();
    const accepted = readFileSync(lockFile, 'utf8');
    write(LOOSE);
    for (const args of [[], ['--check']]) {
      expect(await lock(...args)).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(
          /analytics\.team_games points-filled: atLeastPercent 95 → 45[\s\S]*loosened:/,
        ),
      });
    }
    expect(readFileSync(lockFile, 'utf8')).toBe(accepted);
  });

  it('keeps the promise that a person signed away, so that it counts when the signature runs out', async () => {
    const { lock, lockFile, write } = pipelineFile();
    await lock();
    write(declared('2099-12-31'));
    expect(await lock('--check')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/stale/),
    });
    expect(await lock()).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/points-filled: atLeastPercent 95 → 45; ana until 2099-12-31/),
    });
    expect((await lock('--check')).code).toBe(0);
    expect(readFileSync(lockFile, 'utf8')).toMatch(/points-filled: \{ atLeastPercent: 95,/);
    write(declared('2022-12-31'));
    expect(await lock('--check')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/ana signed for it until 2022-12-31, which is over/),
    });
  });

  it('is told as one JSON document, whatever became of it', async () => {
    const { lock, write } = pipelineFile();
    const told = async (...args: readonly string[]) => {
      const { code, stdout } = await lock('--json', ...args);
      return { code, ...JSON.parse(stdout) };
    };
    const size = { tables: 4, checks: 8, loosened: [] };
    expect(await told('--check')).toMatchObject({ code: 1, status: 'missing', loosened: [] });
    expect(await told()).toMatchObject({ code: 0, status: 'written', ...size });
    expect(await told('--check')).toMatchObject({ code: 0, status: 'current', ...size });
    write(TINY.replace('max: 200', 'max: 199'));
    expect(await told('--check')).toMatchObject({ code: 1, status: 'stale', ...size });
    write(LOOSE);
    expect(await told()).toMatchObject({
      code: 1,
      lock: expect.stringMatching(/tiny\.lock\.yaml$/),
      status: 'refused',
      loosened: [{ field: 'atLeastPercent', before: '95', after: '45' }, {}],
    });
  });

  it('of another pipeline, or a damaged one, is refused', async () => {
    const { lock, lockFile } = pipelineFile();
    await lock();
    const text = readFileSync(lockFile, 'utf8');
    writeFileSync(lockFile, text.replace('pipeline: tiny', 'pipeline: nba'));
    expect(await lock()).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/of pipeline nba/),
    });
    writeFileSync(lockFile, 'tables: [');
    expect(await lock()).toMatchObject({ code: 2, stderr: expect.stringMatching(/tiny\.lock/) });
  });
});

describe('a gate by hand', () => {
  it('says what is promised less than in the lock file, and judges', async () => {
    const { directory, lock, write, options } = pipelineFile();
    await lock();
    write(LOOSE);
    writeTinyLeague(join(directory, 'raw'));
    const world = ['--world', `local:${join(directory, 'world')}`];
    await phasegate('load', join(directory, 'raw'), ...options, ...world);
    const ended = await phasegate('gate', ...RANGE, ...options, ...world);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/less is promised than in .*tiny\.lock\.yaml/);
    expect(ended.stderr).toContain('points-filled: atLeastPercent 95 → 45');
  });
});

describe('a start', () => {
  const here = pipelineFile();
  const world = ['--world', `local:${join(here.directory, 'world')}`];
  const start = (...args: readonly string[]) =>
    phasegate('start', ...RANGE, ...here.options, ...world, ...args);
  const runs = async () => JSON.parse((await phasegate('status', ...world, '--json')).stdout).runs;

  beforeAll(async () => {
    writeTinyLeague(join(here.directory, 'raw'));
    await phasegate('load', join(here.directory, 'raw'), ...here.options, ...world);
    expect((await start()).code).toBe(0);
  }, 300_000);

  it('of a definition that promises less than the last run of this world is refused, and nothing runs', async () => {
    here.write(LOOSE);
    const before = await runs();
    expect(await start('--json')).toMatchObject({
      code: 1,
      stdout: '{"run":null,"refused":"loosened"}\n',
      stderr: expect.stringMatching(
        /less is promised than in the definition of run tiny-20220101.*\n.*points-filled: atLeastPercent 95 → 45/,
      ),
    });
    expect(await runs()).toEqual(before);
    here.write(TINY);
  });

  it('of a definition that promises less than the lock file is refused before the world is opened', async () => {
    await here.lock();
    here.write(LOOSE);
    const nowhere = join(here.directory, 'nowhere');
    const ended = await phasegate(
      'start',
      ...RANGE,
      ...here.options,
      '--world',
      `local:${nowhere}`,
    );
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/less is promised than in .*tiny\.lock\.yaml/);
    expect(existsSync(nowhere)).toBe(false);
  });

  it('of a loosening that a person signed for runs, and says who signed', async () => {
    here.write(declared('2099-12-31'));
    const ended = await start();
    expect(ended.code).toBe(0);
    expect(ended.stderr).toMatch(/95 → 45; ana until 2099-12-31: late feed/);
  });

  it('with an overlay tells what the overlay takes away and why, and is not refused for it', async () => {
    const overlay = join(here.directory, 'overlay.yaml');
    writeFileSync(
      overlay,
      'calendar: { exclusions: [{ days: 2022-01-03, reason: arena closed }] }\n',
    );
    const ended = await start('--overlay', overlay);
    expect(ended.stderr).toContain(
      'overlay: games on 2022-01-03..2022-01-03 not expected: arena closed',
    );
    expect(ended.stderr).not.toContain('less is promised');
  });
});
