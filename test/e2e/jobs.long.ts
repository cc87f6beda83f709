import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it } from 'vitest';
import { openLocalWorld } from '../../shared/adapters/local/world.ts';
import { readDefinitionFiles } from '../../shared/adapters/pipeline-files.ts';
import { writeTinyLeague } from '../fixtures/tiny-league.ts';
import {
  type Ended,
  emptyDirectory,
  phasegate,
  rowsOf,
  startPhasegate,
  withWarehouse,
} from './phasegate.ts';

const RANGE = ['--from', '2022-01-01', '--to', '2022-01-10'];
const TINY = readFileSync('test/fixtures/tiny.yaml', 'utf8');

/** A loaded world whose pipeline is the tiny one, changed. */
async function worldWith(change: (yaml: string) => string) {
  const base = emptyDirectory();
  const pipeline = join(base, 'pipeline.yaml');
  writeFileSync(pipeline, change(TINY));
  writeTinyLeague(join(base, 'raw'));
  const directory = join(base, 'world');
  const options = ['--pipeline', pipeline, '--world', `local:${directory}`];
  expect(await phasegate('load', join(base, 'raw'), ...options)).toMatchObject({ code: 0 });
  return { directory, options, pipeline };
}

const SLOW =
  '(SELECT COUNT(*) FROM UNNEST(GENERATE_ARRAY(1, 8000)) AS a CROSS JOIN UNNEST(GENERATE_ARRAY(1, 8000)) AS b)';

/** A world whose start was stopped by Ctrl-C in the middle of its second job. */
async function interruptedWorld() {
  const made = await worldWith((yaml) =>
    yaml.replace(
      'AVG(past.points) AS points_avg',
      `AVG(past.points) + 0 * MAX(${SLOW}) AS points_avg`,
    ),
  );
  const first = startPhasegate('start', ...RANGE, ...made.options);
  await first.saw(/precompute\.form\s+running/);
  first.kill('SIGINT');
  const { code, stderr } = await first.ended;
  const [run = ''] = /tiny-\S+/.exec(stderr) ?? [];
  return { ...made, code, run };
}

/** What a world remembers of runs, messages and executions. */
function remembered(directory: string) {
  const db = new DatabaseSync(join(directory, 'state.db'), { readOnly: true });
  try {
    const all = (table: string) => db.prepare(`SELECT * FROM ${table}`).all();
    return ['run', 'fact', 'outbox', 'message', 'execution'].map(all);
  } finally {
    db.close();
  }
}

const BOX_DAYS = 'WHERE game_date BETWEEN @from AND @to\n        checks';

describe('a job that exits 0 and writes nothing', () => {
  let world: string;
  let ended: Ended;

  beforeAll(async () => {
    const { directory, options } = await worldWith((yaml) =>
      yaml.replace(
        BOX_DAYS,
        'WHERE game_date BETWEEN @from AND @to AND points < 0\n        checks',
      ),
    );
    world = `local:${directory}`;
    ended = await phasegate('start', ...RANGE, ...options, '--json');
  });

  it('is written once more by a repair, then blocked, and never passed', () => {
    expect(ended.code).toBe(1);
    expect(JSON.parse(ended.stdout).tables[0]).toMatchObject({
      state: 'blocked',
      verdict: 'FAIL',
      attempt: 2,
    });
  });

  it('is not told as exit code 0 to a reader that closes the pipe early', async () => {
    const args = [resolve('shared/cli/main.ts'), 'status', JSON.parse(ended.stdout).run];
    const child = spawn(process.execPath, [...args, '--world', world], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child.stdout.destroy();
    const [code] = await once(child, 'exit');
    expect(code).toBe(1);
  });
});

describe('a job', () => {
  it('that writes two rows for one key fails, and nothing of it is kept', async () => {
    const { directory, options } = await worldWith((yaml) =>
      yaml.replace(
        'FROM `raw.box`',
        'FROM (SELECT * FROM `raw.box` UNION ALL SELECT * FROM `raw.box`)',
      ),
    );
    const ended = await phasegate('start', ...RANGE, ...options, '--json');
    expect(ended.code).toBe(1);
    expect(JSON.parse(ended.stdout).tables[0]).toMatchObject({ state: 'failed', verdict: 'FAIL' });
    const rows = await withWarehouse(directory, (warehouse) =>
      rowsOf(warehouse, 'analytics.team_games', ['game_id']),
    );
    expect(rows).toEqual([]);
  });

  it('says in run history what became of each day', async () => {
    const { directory, options } = await worldWith((yaml) => yaml);
    await phasegate('start', ...RANGE, ...options);
    const { rows } = await withWarehouse(directory, (warehouse) =>
      warehouse.query({
        sql: "SELECT data_date, status, records_processed FROM `phasegate.run_history` WHERE table_name = 'analytics.team_games' AND status = 'success' ORDER BY data_date",
        params: {},
      }),
    );
    expect(rows.length).toBe(10);
    expect(rows[0]).toEqual({ data_date: '2022-01-01', status: 'success', records_processed: 4 });
  });
});

describe('a run that Ctrl-C stopped in the middle of a job', () => {
  let stopped: Awaited<ReturnType<typeof interruptedWorld>>;

  beforeAll(async () => {
    stopped = await interruptedWorld();
  });

  it('ended with 130', () => {
    expect(stopped.code).toBe(130);
  });

  it('does not go on by a command that only looks: no execution, no message, no step', async () => {
    const { directory, options, run } = stopped;
    const before = remembered(directory);
    const [, , , messages, executions] = before;
    expect(messages?.length).toBeGreaterThan(0);
    expect(executions?.length).toBe(2);
    const world = ['--world', `local:${directory}`];
    const only = ['--table', 'analytics.team_games'];
    const looked = [
      await phasegate('report', run, ...world),
      await phasegate('explain', run, ...world),
      await phasegate('gate', ...RANGE, ...only, ...options),
      await phasegate('load', join(directory, '../raw'), ...options),
    ];
    expect(looked.map(({ code }) => code)).toEqual([1, 1, 0, 0]);
    expect(looked[0]?.stderr).toContain('no process runs this world now; go on with:');
    expect(looked[0]?.stderr).toContain(`npx phasegate repair ${run} ${world.join(' ')}`);
    expect(remembered(directory)).toEqual(before);
  });

  it('is looked at by others beside one who looks, and a start has to ask again later', async () => {
    const { directory, options, pipeline, run } = stopped;
    const looking = await openLocalWorld({
      directory,
      definition: readDefinitionFiles({ pipeline }),
      anyDefinition: false,
      launches: false,
      jobCommand: ['false'],
      onPage: () => undefined,
    });
    const refused = await phasegate('start', ...RANGE, ...options);
    const report = await phasegate('report', run, '--world', `local:${directory}`);
    await looking.close();
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`process ${process.pid} holds this world`);
    expect(report.code).toBe(1);
    expect(report.stdout).toContain(run);
  });

  it('goes on to the end with the next start', async () => {
    const { directory, options, run } = stopped;
    const second = await phasegate('start', ...RANGE, ...options, '--json');
    expect(second.code).toBe(0);
    const state = JSON.parse(second.stdout);
    expect(state).toMatchObject({ run, status: 'passed' });
    expect(state.tables.map((table: { attempt: number }) => table.attempt)).toEqual([1, 2]);
    expect(readdirSync(directory)).not.toContain('owner.json');
  });
});

describe('two starts of one request', () => {
  it('while a world is up join the same run, and only its owner runs jobs', async () => {
    const { directory, options } = await worldWith((yaml) => yaml);
    const up = startPhasegate('up', ...options);
    await up.saw(/is up/);
    const [one, two] = await Promise.all([
      phasegate('start', ...RANGE, ...options, '--follow', '--json'),
      phasegate('start', ...RANGE, ...options, '--follow', '--json'),
    ]);
    up.kill('SIGINT');
    expect((await up.ended).code).toBe(0);
    expect(JSON.parse(one.stdout).run).toBe(JSON.parse(two.stdout).run);
    expect(JSON.parse(one.stdout)).toMatchObject({ status: 'passed' });
    const launches = readdirSync(join(directory, 'logs')).filter((name) => name.endsWith('.log'));
    expect(launches.length).toBe(2);
  });
});
