import { afterEach, expect, it } from 'vitest';
import { launchTable } from '../../shared/shell/launch-table.ts';
import { readReport } from '../../shared/shell/read-report.ts';
import { type LaunchingWorld, openLaunchingWorld, RUN_A, RUN_B } from './launching-world.ts';

let opened: LaunchingWorld;
afterEach(() => opened.close());

it('counts executions that began as launches, not those that waited for another run', async () => {
  opened = await openLaunchingWorld();
  const { world, runs } = opened;
  await opened.write('2022-01-01');
  for (const run of [RUN_A, RUN_B]) {
    await launchTable(world, await opened.asksForPlayers(run, '2022-01-01..2022-01-05'));
  }
  expect(await readReport(runs, world.warehouse, RUN_A)).toMatchObject({ launches: 1 });
  expect(await readReport(runs, world.warehouse, RUN_B)).toMatchObject({ launches: 0 });
});
