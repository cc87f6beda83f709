import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { openRuns } from '../../shared/adapters/local/open-runs.ts';
import { load } from '../../shared/cli/load.ts';
import { start } from '../../shared/cli/start.ts';
import { status } from '../../shared/cli/status.ts';
import { up } from '../../shared/cli/up.ts';
import { parseRunId } from '../../shared/core/ids.ts';
import type { RunState } from '../../shared/core/run.ts';
import { writeTinyLeague } from '../fixtures/tiny-league.ts';
import { here, startHere } from './here.ts';
import { type Ended, emptyDirectory, phasegate } from './phasegate.ts';
import { stepIn } from './step-in.ts';

const REQUEST = { from: '2022-01-01', to: '2022-01-10', mode: 'missing' } as const;
const TINY = readFileSync('test/fixtures/tiny.yaml', 'utf8');
const SIGNED = ['--by', 'ana', '--reason', 'two days of box scores never came'];

/** Each story runs several jobs. */
const PATIENCE_MS = 180_000;

/** Takes a while, and is 64 million. */
const SLOW =
  '(SELECT COUNT(*) FROM UNNEST(GENERATE_ARRAY(1, 8000)) AS a CROSS JOIN UNNEST(GENERATE_ARRAY(1, 8000)) AS b)';

/** A world in which the tiny league was loaded, and where its raw files are. */
let whole: Awaited<ReturnType<typeof loaded>>;

beforeAll(async () => {
  whole = await loaded(() => true);
});

async function loaded(hasBox: (day: string) => boolean) {
  const base = emptyDirectory();
  const raw = join(base, 'raw');
  const directory = join(base, 'world');
  writeTinyLeague(raw, hasBox);
  const options = { pipeline: 'test/fixtures/tiny.yaml', world: `local:${directory}` };
  expect(await here((output) => load(raw, options, output))).toMatchObject({ code: 0 });
  return { raw, directory };
}

/** A copy of a loaded world under a changed pipeline. */
function worldWith(change: (yaml: string) => string, from = whole) {
  const base = emptyDirectory();
  const pipeline = join(base, 'pipeline.yaml');
  writeFileSync(pipeline, change(TINY));
  const raw = join(base, 'raw');
  cpSync(from.raw, raw, { recursive: true });
  const directory = join(base, 'world');
  cpSync(from.directory, directory, { recursive: true });
  const world = ['--world', `local:${directory}`];
  const options = { pipeline, world: `local:${directory}` };
  return { raw, directory, world, options };
}

/** Waits until the job of some launch has begun its work. */
function untilJobWorks(directory: string): Promise<void> {
  const db = new DatabaseSync(join(directory, 'state.db'), { readOnly: true });
  const claimed = db.prepare('SELECT launch FROM fence');
  return vi
    .waitFor(() => expect(claimed.all()).toHaveLength(1), PATIENCE_MS)
    .finally(() => db.close());
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
  const made = worldWith((yaml) =>
    yaml.replace('team, points, CURRENT', `team, points + 0 * ${SLOW} AS points, CURRENT`),
  );
  const started = startHere((output) => start({ ...made.options, ...REQUEST }, output));
  await started.saw(/team_games\s+running/);
  started.kill('SIGINT');
  const ended = await started.ended;
  expect(ended.code).toBe(130);
  const [run = ''] = /tiny-\S+/.exec(ended.stderr) ?? [];
  return { ...made, run };
}

describe('a run that is paused', () => {
  let stopped: Awaited<ReturnType<typeof stoppedRun>>;
  let paused: Ended;

  beforeAll(async () => {
    stopped = await stoppedRun();
    paused = await stepIn('pause', stopped.run, ...SIGNED, ...stopped.world);
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
      const resumed = await stepIn('resume', run, ...world, '--json');
      expect(resumed.code).toBe(0);
      expect(JSON.parse(resumed.stdout)).toMatchObject({ run, status: 'passed' });
      for (const command of ['pause', 'resume', 'cancel']) {
        const late = await stepIn(command, run, ...world);
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
      const { directory, world, options } = worldWith((yaml) =>
        yaml.replace('team, points, CURRENT', `team, points + 0 * ${SLOW} AS points, CURRENT`),
      );
      const owner = startHere((output) => up(options, output));
      await owner.saw(/is up/);
      const asked = { ...options, ...REQUEST, follow: true, json: true };
      const followed = startHere((output) => start(asked, output));
      await followed.saw(/team_games\s+running/);
      await untilJobWorks(directory);
      const listed = { world: options.world, json: true };
      const found = await here((output) => status(undefined, listed, output));
      const { run } = JSON.parse(found.stdout).runs[0];
      const cancelled = await stepIn('cancel', run, ...SIGNED, ...world, '--follow', '--json');
      expect(cancelled.code).toBe(0);
      expect(JSON.parse(cancelled.stdout)).toMatchObject({ run, status: 'cancelled' });
      expect((await followed.ended).code).toBe(1);
      const again = await stepIn('cancel', run, ...world);
      expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('already') });
      expect((await stepIn('retry', run, ...world)).code).toBe(1);
      owner.kill('SIGINT');
      expect((await owner.ended).code).toBe(0);
    },
    PATIENCE_MS,
  );
});

describe('a run whose job failed', () => {
  let failed: Ended;
  let retried: Ended;
  let again: Ended;

  beforeAll(async () => {
    const { raw, world, options } = worldWith((yaml) =>
      yaml.replace(
        'team, points, CURRENT',
        "team, points + CAST(IF(points > 200, 'none', '0') AS INT64) AS points, CURRENT",
      ),
    );
    const file = join(raw, 'raw_box.csv');
    const right = readFileSync(file, 'utf8');
    const loadAgain = (text: string) => {
      writeFileSync(file, text);
      return here((output) => load(raw, options, output));
    };
    await loadAgain(right.replace(/,100\n/, ',666\n'));
    failed = await here((output) => start({ ...options, ...REQUEST, json: true }, output));
    await loadAgain(right);
    const { run } = JSON.parse(failed.stdout);
    retried = await stepIn('retry', run, ...SIGNED, ...world, '--json');
    again = await stepIn('retry', run, ...world);
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
  let refused: ReturnType<typeof worldWith> & { run: string };
  const until = ['--until', '2999-12-31'];
  const TABLE = 'analytics.team_games';

  beforeAll(async () => {
    const lacking = await loaded((day) => day !== '2022-01-04' && day !== '2022-01-05');
    const made = worldWith((yaml) => yaml, lacking);
    const asked = { ...made.options, ...REQUEST, json: true };
    const { stdout } = await here((output) => start(asked, output));
    refused = { ...made, run: JSON.parse(stdout).run };
  }, PATIENCE_MS);

  it('is not for a retry, which names the command for it', async () => {
    const { run, world } = refused;
    const retried = await stepIn('retry', run, ...world);
    expect(retried.code).toBe(1);
    expect(retried.stdout).toContain(`npx phasegate repair ${run} ${world.join(' ')}`);
  });

  it('cannot be signed off: the checklist says what is open', async () => {
    const { run, world, directory } = refused;
    const signed = await stepIn('signoff', run, '--by', 'ana', ...world);
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
    expect((await stepIn('override', run, ...args, ...world)).code).toBe(code);
    expect((await stateOf(directory, run)).overrides).toEqual([]);
  });

  it(
    'goes on when a person signs for the table, and is signed off with the hashes of its evidence',
    async () => {
      const { run, world, directory } = refused;
      const overridden = await stepIn('override', run, TABLE, ...SIGNED, ...until, ...world);
      expect(overridden.code).toBe(0);
      const signed = await stepIn('signoff', run, '--by', 'ben', ...world, '--json');
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
  const { world } = worldWith((yaml) => yaml);
  const run = 'tiny-20220101-20220110-0123abcd';
  const missing = await stepIn('cancel', run, ...world);
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining(`no run ${run}`) });
});
