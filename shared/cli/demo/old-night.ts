import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalWorld } from '../../adapters/local/local-world.ts';
import { bridge, expectedDays } from '../../core/calendar.ts';
import { formatDaySet } from '../../core/day-set.ts';
import { launchId, parseRunId } from '../../core/ids.ts';
import type { Definition, Table } from '../../core/pipeline.ts';
import { readSchedule } from '../../shell/read-schedule.ts';
import type { Output } from '../output.ts';
import { MAIN } from '../with-world.ts';
import type { Crisis } from './crisis.ts';

/** Runs the jobs of the first phase two at a time, each to its end, and reports nothing but how they exited. */
export async function believeExitCodes(
  world: LocalWorld,
  { pipeline, text }: Definition,
  { rawDirectory, from, to }: Crisis,
  output: Output,
): Promise<void> {
  const definitionFile = join(rawDirectory, 'definition.json');
  writeFileSync(definitionFile, text);
  const { calendar } = await readSchedule(
    async (statement) => (await world.warehouse.query(statement)).rows,
    pipeline,
    [],
    from,
    to,
  );
  const days = bridge(calendar, expectedDays(calendar, [{ from, to }], 0));
  const run = parseRunId(`old-${from.replaceAll('-', '')}-${to.replaceAll('-', '')}-00000000`);
  const waiting = [...(pipeline.phases[0]?.tables ?? [])];
  const work = async () => {
    for (let table = waiting.shift(); table !== undefined; table = waiting.shift()) {
      const code = await exitCodeOfRun(table, {
        PHASEGATE_RUN: run,
        PHASEGATE_LAUNCH: launchId(run, table.name, 1),
        PHASEGATE_TABLE: table.name,
        PHASEGATE_DAYS: formatDaySet(days).join(','),
        PHASEGATE_PROJECT: 'local',
        PHASEGATE_DEFINITION: definitionFile,
        BIGQUERY_EMULATOR_HOST: world.owner.warehouseUrl,
        METADATA_SERVER_DETECTION: 'none',
      });
      output.note(`   ${table.name} exit ${code}`);
    }
  };
  await Promise.all([work(), work()]);
}

function exitCodeOfRun(table: Table, environment: Record<string, string>): Promise<number | null> {
  return new Promise((resolve) => {
    const env = { ...process.env, ...environment };
    const child = spawn(process.execPath, [MAIN, 'job', table.name], { env, stdio: 'ignore' });
    child.on('error', () => resolve(null));
    child.on('exit', resolve);
  });
}
