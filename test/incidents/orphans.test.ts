import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LaunchRequestedMessage } from '../../shared/core/messages.ts';
import { record } from '../../shared/shell/drain.ts';
import { launchTable } from '../../shared/shell/launch-table.ts';
import { sweep } from '../../shared/shell/sweep.ts';
import {
  type LaunchingWorld,
  NOW,
  openLaunchingWorld,
  players,
  RUN_A,
  RUN_B,
} from '../shell/launching-world.ts';

let opened: LaunchingWorld;
let orphan: LaunchRequestedMessage;
let awaited: LaunchRequestedMessage;

beforeEach(async () => {
  opened = await openLaunchingWorld(2);
  await opened.write('2022-01-01');
  orphan = await opened.asksForPlayers(RUN_A, '2022-01-01..2022-01-05');
  awaited = await opened.asksForPlayers(RUN_B, '2022-01-11..2022-01-15');
  for (const message of [orphan, awaited]) await launchTable(opened.world, message);
});
afterEach(() => opened.close());

/** The run gives the launch up, and its execution goes on. */
const giveUp = () =>
  record(opened.world, RUN_A, `${orphan.launch}:ended`, {
    ...{ type: 'job-failed', failure: 'permanent', message: 'given up' },
    ...{ table: players.name, attempt: 1, at: NOW },
  });
const endings = () =>
  Object.fromEntries(
    opened.published
      .filter(({ topic }) => topic === 'phasegate-job-finished')
      .map(({ body }) => body as { launch: string; result: string })
      .map(({ launch, result }) => [launch, result]),
  );

describe('an execution', () => {
  it('that no run waits for is stopped, and one that a run waits for is not', async () => {
    await giveUp();
    await sweep(opened.world, new Map());
    await opened.jobs.close();
    expect(endings()).toEqual({ [orphan.launch]: 'cancelled', [awaited.launch]: 'interrupted' });
  });

  it('holds its days as long as it runs, and no longer', async () => {
    await giveUp();
    const held = async () => (await opened.runs.locks()).map(({ launch }) => launch);
    await sweep(opened.world, new Map());
    expect(await held()).toEqual([orphan.launch, awaited.launch]);
    await opened.jobs.close();
    await sweep(opened.world, new Map());
    expect(await held()).toEqual([awaited.launch]);
  });
});
