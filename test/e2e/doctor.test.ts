import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DoctorLine } from '../../shared/core/doctor/doctor-line.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';
import { doctorWarehouse } from '../../shared/shell/doctor/doctor-warehouse.ts';
import { emptyDirectory, phasegate, withWarehouse } from './phasegate.ts';
import { type Loaded, loaded } from './tiny-world.ts';

const TINY = readFileSync('test/fixtures/tiny.yaml', 'utf8');
const NOW = '2022-03-01T12:00:00.000Z';
const pipelineWith = (change: (yaml: string) => string) =>
  readPipeline({ file: 'tiny.yaml', text: change(TINY) }, null, () => '').pipeline;
const troubles = (lines: readonly DoctorLine[]) =>
  lines.filter(({ verdict }) => verdict !== 'PASS').map(({ check, verdict }) => [check, verdict]);

let league: Loaded;
beforeAll(async () => {
  league = await loaded(() => true);
});

describe('the doctor of a warehouse', () => {
  it('finds a healthy one healthy, and for each fault its own line and no other', async () => {
    const found: Record<string, unknown> = {};
    await withWarehouse(league.directory, async (warehouse) => {
      const look = async (name: string, change: (yaml: string) => string) => {
        found[name] = troubles(await doctorWarehouse(warehouse, pipelineWith(change), NOW));
      };
      await look('healthy', (yaml) => yaml);
      await look('job', (yaml) =>
        yaml.replace('team, points, CURRENT', 'team, pts AS points, CURRENT'),
      );
      await look('check', (yaml) =>
        yaml.replace(
          '{ id: points-range, kind: range, column: points, min: 50, max: 200 }',
          '{ id: odd, kind: condition, holds: NO_SUCH(points) > 1 }',
        ),
      );
      await look('season begun', (yaml) =>
        yaml.replace('2021: 2022-01-01 }', '2021: 2022-01-01, 2022: 2022-02-01 }'),
      );
      await look('season unknown', (yaml) => yaml.replace('2021: 2022', '2020: 2022'));
      await warehouse.dropTable(parseTableName('precompute.form'));
      await look('missing', (yaml) => yaml);
    });
    expect(found).toEqual({
      healthy: [],
      job: [['job-statements', 'FAIL']],
      check: [['check-statements', 'FAIL']],
      'season begun': [['seasons', 'WARN']],
      'season unknown': [['schedule', 'FAIL']],
      missing: [
        ['tables', 'FAIL'],
        ['job-statements', 'UNKNOWN'],
        ['check-statements', 'UNKNOWN'],
      ],
    });
  });
});

describe('phasegate doctor', () => {
  const place = () => [
    '--world',
    `local:${league.directory}`,
    '--pipeline',
    'test/fixtures/tiny.yaml',
  ];
  const told = async (...more: readonly string[]) => {
    const { code, stdout } = await phasegate('doctor', '--json', ...place(), ...more);
    const { lines } = JSON.parse(stdout) as { lines: readonly DoctorLine[] };
    return { code, lines, of: (check: string) => lines.find((line) => line.check === check) };
  };

  it('makes no table that is missing, says what does, and ends with 1', async () => {
    const first = await told();
    expect(first.code).toBe(1);
    expect(first.of('tables')).toMatchObject({
      verdict: 'FAIL',
      found: 'missing: precompute.form',
    });
    expect(first.of('tables')?.fix).toContain(
      `npx phasegate load DIR --pipeline test/fixtures/tiny.yaml --world local:${league.directory}`,
    );
    expect((await told()).of('tables')?.verdict).toBe('FAIL');
  });

  it('goes on where the warehouse does not open, and says what was not looked at', async () => {
    rmSync(join(league.directory, 'warehouse.duckdb.wal'), { force: true });
    writeFileSync(join(league.directory, 'warehouse.duckdb'), 'no database');
    const { code, of } = await told();
    expect([code, of('world')?.verdict, of('warehouse')?.verdict]).toEqual([1, 'FAIL', 'UNKNOWN']);
    expect(of('node')?.verdict).toBe('PASS');
  });

  it('tells a pipeline that cannot be read, and where there is no world, what makes one', async () => {
    const wrong = await phasegate(
      'doctor',
      '--pipeline',
      'package.json',
      '--world',
      `local:${emptyDirectory()}`,
    );
    expect([wrong.code, wrong.stdout]).toEqual([1, expect.stringMatching(/✗ pipeline.*¿ world/s)]);
    const none = await phasegate('doctor', '--world', `local:${emptyDirectory()}`);
    expect([none.code, none.stdout]).toEqual([
      1,
      expect.stringMatching(/✗ world\s+no world in.*load DIR/s),
    ]);
  });
});
