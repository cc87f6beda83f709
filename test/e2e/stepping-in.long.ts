import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { openBusServer } from '../../shared/adapters/local/bus-server.ts';
import { localBus } from '../../shared/adapters/local/local-bus.ts';
import { removeOwner, writeOwner } from '../../shared/adapters/local/owner-file.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { load } from '../../shared/cli/load.ts';
import { signoff } from '../../shared/cli/signoff.ts';
import { start } from '../../shared/cli/start.ts';
import { status } from '../../shared/cli/status.ts';
import { up } from '../../shared/cli/up.ts';
import { here, startHere } from './here.ts';
import { type Ended, phasegate } from './phasegate.ts';
import { type Loaded, leftIn, loaded, REQUEST, slowly, stateOf, worldWith } from './tiny-world.ts';

const SIGNED = ['--by', 'ana', '--reason', 'two days of box scores never came'];

/** Each story runs several jobs. */
const PATIENCE_MS = 180_000;

let whole: Loaded;

beforeAll(async () => {
  whole = await loaded(() => true);
});

/** Waits until the job of some launch has begun its work. */
function untilJobWorks(directory: string): Promise<void> {
  const db = new DatabaseSync(join(directory, 'state.db'), { readOnly: true });
  const claimed = db.prepare('SELECT launch FROM fence');
  return vi
    .waitFor(() => expect(claimed.all()).toHaveLength(1), PATIENCE_MS)
    .finally(() => db.close());
}

/** An owner of the world that accepts messages and handles none. */
async function silentOwner(directory: string) {
  const db = openStateFile(join(directory, 'state.db'));
  const bus = await openBusServer(localBus(db), sqliteRunStore(db));
  const warehouse = await openBigQueryServer({ file: join(directory, 'warehouse.duckdb') });
  const urls = { busUrl: bus.url, warehouseUrl: warehouse.url };
  writeOwner(directory, { pid: process.pid, ...urls, definition: 'any' });
  return async () => {
    removeOwner(directory);
    await bus.close();
    await warehouse.close();
    db.close();
  };
}

describe('a run that is cancelled', () => {
  it(
    'while a world is up keeps others out without a page, stops its job, is over for all who follow it, and names the start of its range',
    async () => {
      const { directory, world, options } = worldWith(slowly, whole);
      const owner = startHere((output) => up(options, output));
      await owner.saw(/is up/);
      const asked = { ...options, ...REQUEST, follow: true, json: true };
      const followed = startHere((output) => start(asked, output));
      await followed.saw(/team_games\s+running/);
      await untilJobWorks(directory);
      const listed = { world: options.world, json: true };
      const found = await here((output) => status(undefined, listed, output));
      const { run } = JSON.parse(found.stdout).runs[0];
      for (const other of [{ from: '2022-01-05' }, { pipeline: 'test/fixtures/tiny.yaml' }]) {
        const late = await here((output) => start({ ...options, ...REQUEST, ...other }, output));
        expect(late).toMatchObject({ code: 1, stdout: '' });
        expect(late.stderr).toContain(`not started: run ${run}`);
      }
      const dead = await phasegate('dead', 'list', ...world);
      expect(dead.stdout).toBe('0 dead letters\n');
      const cancelled = await phasegate('cancel', run, ...SIGNED, ...world, '--follow', '--json');
      expect(cancelled.code).toBe(0);
      expect(JSON.parse(cancelled.stdout)).toMatchObject({ run, status: 'cancelled' });
      expect((await followed.ended).code).toBe(1);
      const once = await phasegate('cancel', run, ...world);
      expect(once).toMatchObject({ code: 0, stdout: expect.stringContaining('already') });
      const { from, to } = REQUEST;
      const named = ['--pipeline', options.pipeline, ...world].join(' ');
      const again = `npx phasegate start --from ${from} --to ${to} ${named}`;
      for (const command of ['retry', 'repair']) {
        const late = await phasegate(command, run, ...world);
        expect(late).toMatchObject({ code: 1, stdout: expect.stringContaining('start its range') });
        expect(late.stdout).toContain(again);
      }
      const told = await phasegate('report', run, ...world);
      expect(told.stdout).toContain(`next: ${again}`);
      expect(told.stdout.replaceAll(/\s+/g, ' ')).toContain(
        'the days that this run was to write, and what reads them: analytics_verified.team_games,',
      );
      const explained = await phasegate('explain', run, ...world);
      expect(explained.stdout).toContain(`  ${again}\n`);
      expect(explained.stdout).not.toContain('phasegate repair');
      owner.kill('SIGINT');
      const { code, stderr } = await owner.ended;
      expect(code).toBe(0);
      expect(stderr).not.toMatch(/^!/m);
    },
    PATIENCE_MS,
  );
});

describe('a run whose job failed', () => {
  let failed: Ended;
  let retried: Ended;
  let again: Ended;
  let told: readonly Ended[];
  let retry: string;

  beforeAll(async () => {
    const { raw, world, options } = worldWith(
      (yaml) =>
        yaml.replace(
          'team, points, CURRENT',
          "team, points + CAST(IF(points > 200, 'none', '0') AS INT64) AS points, CURRENT",
        ),
      whole,
    );
    const file = join(raw, 'raw_box.csv');
    const right = readFileSync(file, 'utf8');
    const loadAgain = (text: string) => {
      writeFileSync(file, text);
      return here((output) => load(raw, options, output));
    };
    await loadAgain(right.replace(/,100\n/, ',666\n'));
    failed = await here((output) => start({ ...options, ...REQUEST, json: true }, output));
    const { run } = JSON.parse(failed.stdout);
    retry = `npx phasegate retry ${run} ${world.join(' ')}`;
    told = [await phasegate('report', run, ...world), await phasegate('explain', run, ...world)];
    await loadAgain(right);
    retried = await phasegate('retry', run, ...SIGNED, ...world, '--json');
    again = await phasegate('retry', run, ...world);
  }, PATIENCE_MS);

  it('is told with the retry as what to do next, and with no repair', () => {
    for (const { stdout } of told) {
      expect(stdout).toContain(retry);
      expect(stdout).not.toContain('phasegate repair');
    }
  });

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
      const waiting = leaveAlert(directory, run);
      const signed = await phasegate('signoff', run, '--by', 'ben', ...world, '--json');
      expect(leftIn(directory)[0]).toEqual(waiting);
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

  it('whose sign-off is interrupted is not said to be unsigned: the signature may still be kept', async () => {
    const { run, directory, options } = refused;
    const close = await silentOwner(directory);
    const asked = { world: options.world, by: 'eve' };
    const signed = startHere((output) => signoff(run, asked, output));
    const sent = () => expect(JSON.stringify(leftIn(directory)[0])).toContain('eve');
    await vi.waitFor(sent, PATIENCE_MS);
    signed.kill('SIGINT');
    const { code, stdout, stderr } = await signed.ended;
    await close();
    expect(code).toBe(130);
    expect(stderr).toContain('the signature was sent and may still be kept');
    expect(stdout).not.toContain('signed off');
  });
});

/** Leaves a message for whoever takes messages next. @returns all that wait */
function leaveAlert(directory: string, run: string) {
  const db = new DatabaseSync(join(directory, 'state.db'));
  const insert = 'INSERT INTO message (id, topic, data, attempt, due_ms) VALUES (?, ?, ?, 0, 0)';
  const data = JSON.stringify({ run, key: 'k', text: 't' });
  db.prepare(insert).run('m-1', 'phasegate-alerts', data);
  db.close();
  return leftIn(directory)[0];
}

it('a run that nobody knows is named, with the command that lists the runs', async () => {
  const { world } = worldWith((yaml) => yaml, whole);
  const run = 'tiny-20220101-20220110-0123abcd';
  const missing = await phasegate('cancel', run, ...world);
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining(`no run ${run}`) });
});
