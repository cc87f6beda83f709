import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openRuns } from '../../shared/adapters/local/open-runs.ts';
import { parseRunId } from '../../shared/core/ids.ts';
import type { RunState } from '../../shared/core/run.ts';
import { writeTinyLeague } from '../fixtures/tiny-league.ts';
import { type Ended, emptyDirectory, phasegate, startPhasegate } from './phasegate.ts';

const RANGE = ['--from', '2022-01-01', '--to', '2022-01-10'];
const TINY = readFileSync('test/fixtures/tiny.yaml', 'utf8');
const SIGNED = ['--by', 'ana', '--reason', 'two days of box scores never came'];

/** Each story is a dozen processes. */
const PATIENCE_MS = 180_000;

/** Takes seconds, and is 64 million. */
const SLOW =
  '(SELECT COUNT(*) FROM UNNEST(GENERATE_ARRAY(1, 8000)) AS a CROSS JOIN UNNEST(GENERATE_ARRAY(1, 8000)) AS b)';

async function worldWith(
  change: (yaml: string) => string,
  hasBox: (day: string) => boolean = () => true,
) {
  const base = emptyDirectory();
  const pipeline = join(base, 'pipeline.yaml');
  writeFileSync(pipeline, change(TINY));
  writeTinyLeague(join(base, 'raw'), hasBox);
  const directory = join(base, 'world');
  const world = ['--world', `local:${directory}`];
  const options = ['--pipeline', pipeline, ...world];
  const load = () => phasegate('load', join(base, 'raw'), ...options);
  expect(await load()).toMatchObject({ code: 0 });
  return { base, directory, world, options, load };
}

async function stateOf(directory: string, run: string): Promise<RunState> {
  const opened = openRuns(directory);
  const state = (await opened?.runs.load(parseRunId(run)))?.state;
  opened?.close();
  if (state == null) throw new Error(`no run ${run}`);
  return state;
}

/** A run that Ctrl-C stopped while its first job ran. */
async function stoppedRun() {
  const made = await worldWith((yaml) =>
    yaml.replace('team, points, CURRENT', `team, points + 0 * ${SLOW} AS points, CURRENT`),
  );
  const start = startPhasegate('start', ...RANGE, ...made.options);
  await start.saw(/team_games\s+running/);
  start.kill('SIGINT');
  const [run = ''] = /tiny-\S+/.exec((await start.ended).stderr) ?? [];
  return { ...made, run };
}

describe('a run that is paused', () => {
  let stopped: Awaited<ReturnType<typeof stoppedRun>>;
  let paused: Ended;

  beforeAll(async () => {
    stopped = await stoppedRun();
    paused = await phasegate('pause', stopped.run, ...SIGNED, ...stopped.world);
  }, PATIENCE_MS);

  it('says so, and keeps who paused it and why', async () => {
    const { directory, run } = stopped;
    expect(paused).toMatchObject({ code: 0, stdout: `run ${run}: live, paused\n` });
    const { paused: by } = await stateOf(directory, run);
    expect(by).toMatchObject({ by: 'ana', reason: 'two days of box scores never came' });
  });

  it('is paused once', async () => {
    const again = await phasegate('pause', stopped.run, ...stopped.world);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('is paused already') });
  });

  it(
    'goes on to its end when it is resumed, and cannot be paused after that',
    async () => {
      const { run, world, directory } = stopped;
      const resumed = await phasegate('resume', run, ...world, '--json');
      expect(resumed.code).toBe(0);
      expect(JSON.parse(resumed.stdout)).toMatchObject({ run, status: 'passed' });
      for (const command of ['pause', 'resume', 'cancel']) {
        const late = await phasegate(command, run, ...world);
        expect(late).toMatchObject({
          code: 1,
          stdout: expect.stringContaining('has ended: passed'),
        });
      }
      expect((await stateOf(directory, run)).status).toBe('passed');
    },
    PATIENCE_MS,
  );
});

describe('a run that is cancelled', () => {
  it(
    'while a world is up stops its job, is over for all who follow it, and cannot be retried',
    async () => {
      const { world, options } = await worldWith((yaml) =>
        yaml.replace('team, points, CURRENT', `team, points + 0 * ${SLOW} AS points, CURRENT`),
      );
      const up = startPhasegate('up', ...options);
      await up.saw(/is up/);
      const followed = startPhasegate('start', ...RANGE, ...options, '--follow', '--json');
      await followed.saw(/team_games\s+running/);
      const { runs } = JSON.parse((await phasegate('status', ...world, '--json')).stdout);
      const { run } = runs[0];
      const cancelled = await phasegate('cancel', run, ...SIGNED, ...world, '--follow', '--json');
      expect(cancelled.code).toBe(0);
      expect(JSON.parse(cancelled.stdout)).toMatchObject({ run, status: 'cancelled' });
      expect((await followed.ended).code).toBe(1);
      const again = await phasegate('cancel', run, ...world);
      expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('already') });
      expect((await phasegate('retry', run, ...world)).code).toBe(1);
      up.kill('SIGINT');
      expect((await up.ended).code).toBe(0);
    },
    PATIENCE_MS,
  );
});

describe('a run whose job failed', () => {
  let failed: Ended;
  let retried: Ended;
  let again: Ended;

  beforeAll(async () => {
    const { base, world, options, load } = await worldWith((yaml) =>
      yaml.replace(
        'team, points, CURRENT',
        "team, points + CAST(IF(points > 200, 'none', '0') AS INT64) AS points, CURRENT",
      ),
    );
    const file = join(base, 'raw', 'raw_box.csv');
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, whole.replace(/,100\n/, ',666\n'));
    await load();
    failed = await phasegate('start', ...RANGE, ...options, '--json');
    writeFileSync(file, whole);
    await load();
    const { run } = JSON.parse(failed.stdout);
    retried = await phasegate('retry', run, ...SIGNED, ...world, '--json');
    again = await phasegate('retry', run, ...world);
  }, PATIENCE_MS);

  it('passes when it is retried after its input is whole', () => {
    expect(JSON.parse(failed.stdout).tables[0]).toMatchObject({ state: 'failed' });
    expect(retried.code).toBe(0);
    const { run } = JSON.parse(failed.stdout);
    expect(JSON.parse(retried.stdout)).toMatchObject({ run, status: 'passed' });
  });

  it('is not retried again', () => {
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing to retry') });
  });
});

describe('a run that a gate refused', () => {
  let refused: Awaited<ReturnType<typeof worldWith>> & { run: string };
  const until = ['--until', '2999-12-31'];
  const TABLE = 'analytics.team_games';

  beforeAll(async () => {
    const made = await worldWith(
      (yaml) => yaml,
      (day) => day !== '2022-01-04' && day !== '2022-01-05',
    );
    const { stdout } = await phasegate('start', ...RANGE, ...made.options, '--json');
    refused = { ...made, run: JSON.parse(stdout).run };
  }, PATIENCE_MS);

  it('is not for a retry, which names the command for it', async () => {
    const { run, world } = refused;
    const retried = await phasegate('retry', run, ...world);
    expect(retried.code).toBe(1);
    expect(retried.stdout).toContain(`npx phasegate repair ${run} ${world.join(' ')}`);
  });

  it('cannot be signed off: the checklist says what is open', async () => {
    const { run, world, directory } = refused;
    const signed = await phasegate('signoff', run, '--by', 'ana', ...world);
    expect(signed.code).toBe(1);
    expect(signed.stdout).toContain(`[ ] ${TABLE}: FAIL`);
    expect(signed.stdout).toContain(`open: ${TABLE}: is blocked`);
    expect((await stateOf(directory, run)).signOffs).toEqual([]);
  });

  it.each<[string, readonly string[], number]>([
    ['without a reason', [TABLE, '--by', 'ana', ...until], 2],
    ['with an empty reason', [TABLE, '--by', 'ana', '--reason', ' ', ...until], 2],
    ['without an end', [TABLE, ...SIGNED], 2],
    ['that has run out', [TABLE, ...SIGNED, '--until', '2026-01-01'], 2],
    ['for a table that it does not have', ['a.b', ...SIGNED, ...until], 2],
    ['for a table that was not refused', ['precompute.form', ...SIGNED, ...until], 1],
  ])('takes no override %s', async (_, args, code) => {
    const { run, world, directory } = refused;
    expect((await phasegate('override', run, ...args, ...world)).code).toBe(code);
    expect((await stateOf(directory, run)).overrides).toEqual([]);
  });

  it(
    'goes on when a person signs for the table, and is signed off with the hashes of its evidence',
    async () => {
      const { run, world, directory } = refused;
      const overridden = await phasegate('override', run, TABLE, ...SIGNED, ...until, ...world);
      expect(overridden.code).toBe(0);
      const signed = await phasegate('signoff', run, '--by', 'ben', ...world, '--json');
      expect(signed.code).toBe(0);
      const checklist = JSON.parse(signed.stdout);
      expect(checklist).toMatchObject({ isSigned: true, open: [] });
      expect(checklist.tables[0]).toMatchObject({ table: TABLE, override: { by: 'ana' } });
      const { signOffs } = await stateOf(directory, run);
      expect(signOffs).toMatchObject([{ by: 'ben', evidence: checklist.evidence }]);
      expect(Object.values(checklist.evidence)).toEqual([
        expect.stringMatching(/^[0-9a-f]{64}$/),
        expect.stringMatching(/^[0-9a-f]{64}$/),
      ]);
    },
    PATIENCE_MS,
  );
});

it('a run that nobody knows is named, with the command that lists the runs', async () => {
  const { world } = await worldWith((yaml) => yaml);
  const run = 'tiny-20220101-20220110-0123abcd';
  const missing = await phasegate('cancel', run, ...world);
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining(`no run ${run}`) });
});
