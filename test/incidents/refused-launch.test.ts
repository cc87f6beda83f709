import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FailureKind, PhasegateError } from '../../shared/core/errors.ts';
import type { World } from '../../shared/ports/world.ts';
import { launchTable } from '../../shared/shell/launch-table.ts';
import { type LaunchingWorld, openLaunchingWorld, RUN_A } from '../shell/launching-world.ts';

let opened: LaunchingWorld;

beforeEach(async () => {
  opened = await openLaunchingWorld();
  await opened.write('2022-01-01');
});
afterEach(() => opened.close());

/** The same world on a platform that refuses every launch. */
function refusing(kind: FailureKind): World {
  const launch = () => Promise.reject(new PhasegateError(kind, '400: no such job'));
  return { ...opened.world, jobs: { ...opened.jobs, launch } };
}

describe('a launch that the platform refuses', () => {
  it('for good fails its table by its reason, and holds nothing', async () => {
    const message = await opened.asksForPlayers(RUN_A, '2022-01-01..2022-01-05');
    await launchTable(refusing('invalid-input'), message);
    expect((await opened.stateOf(RUN_A)).table).toMatchObject({
      tag: 'failed',
      message: '400: no such job',
    });
    expect(await opened.runs.locks()).toEqual([]);
  });

  it('for now is an error of the message, which comes again, and then starts', async () => {
    const message = await opened.asksForPlayers(RUN_A, '2022-01-01..2022-01-05');
    const refused = launchTable(refusing('unavailable'), message);
    await expect(refused).rejects.toMatchObject({ kind: 'unavailable' });
    expect((await opened.stateOf(RUN_A)).table?.tag).toBe('launching');
    await launchTable(opened.world, message);
    expect(await opened.jobs.running()).toEqual([message.launch]);
  });
});
