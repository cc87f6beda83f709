import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import type { JobFinishedMessage } from '../../shared/core/messages.ts';
import type { World } from '../../shared/ports/world.ts';
import { cancelLaunch } from '../../shared/shell/cancel-launch.ts';
import { record } from '../../shared/shell/drain.ts';
import { launchTable } from '../../shared/shell/launch-table.ts';
import { recordDays } from '../../shared/shell/record-days.ts';
import { recordJob } from '../../shared/shell/record-job.ts';
import {
  type LaunchingWorld,
  NOW,
  openLaunchingWorld,
  players,
  RUN_A,
  RUN_B,
  teams,
} from './launching-world.ts';

const EARLY = '2022-01-01..2022-01-05';
const LATE = '2022-01-11..2022-01-15';
let opened: LaunchingWorld;
let world: LaunchingWorld['world'];

beforeEach(async () => {
  opened = await openLaunchingWorld();
  world = opened.world;
  await opened.write('2022-01-01');
});
afterEach(() => opened.close());

const ended = (launch: { run: typeof RUN_A; launch: JobFinishedMessage['launch'] }) => ({
  run: launch.run,
  launch: launch.launch,
  table: players.name,
  attempt: 1,
  result: 'interrupted' as const,
  message: '',
  metrics: {},
});

describe('a launch', () => {
  it('holds the days that it writes until its end was recorded, whatever that is', async () => {
    const message = await opened.asksForPlayers(RUN_A, EARLY);
    await launchTable(world, message);
    const { launch } = message;
    const lock = { table: players.name, launch, run: RUN_A, days: parseDaySet(EARLY) };
    expect(await opened.runs.locks()).toEqual([lock]);
    expect((await opened.stateOf(RUN_A)).table?.tag).toBe('running');
    await recordJob(world, ended(message));
    expect(await opened.runs.locks()).toEqual([]);
  });

  it.each([
    ['the same days', EARLY],
    ['other days of a table that has one writer', LATE],
  ])('of %s waits for the launch of another run, and names it', async (_, days) => {
    const first = await opened.asksForPlayers(RUN_A, EARLY);
    await launchTable(world, first);
    const second = await opened.asksForPlayers(RUN_B, days);
    await launchTable(world, second);
    expect(await opened.jobs.running()).toEqual([first.launch]);
    expect(await opened.runs.claim(second.launch, 'late')).toBe('cancelled');
    expect((await opened.stateOf(RUN_B)).table).toMatchObject({
      tag: 'waiting',
      failures: 0,
      notBefore: '2026-01-03T04:01:00.000Z',
    });
    const facts = await opened.runs.facts(RUN_B);
    expect(facts.at(-1)).toMatchObject({
      id: `${second.launch}:ended`,
      event: { type: 'job-failed', failure: 'not-ready' },
    });
    const told = JSON.stringify(facts.at(-1));
    for (const part of [RUN_A, first.launch, EARLY]) expect(told).toContain(part);
  });

  it('starts beside another one of other days where the table has two writers', async () => {
    await opened.close();
    opened = await openLaunchingWorld(2);
    const first = await opened.asksForPlayers(RUN_A, EARLY);
    const second = await opened.asksForPlayers(RUN_B, LATE);
    await launchTable(opened.world, first);
    await launchTable(opened.world, second);
    expect(await opened.jobs.running()).toEqual([first.launch, second.launch]);
  });

  it('is not kept waiting by a launch that is over and was not let go of', async () => {
    const first = await opened.asksForPlayers(RUN_A, EARLY);
    await launchTable(world, first);
    await opened.jobs.cancel(first.launch);
    const over = { type: 'job-failed', failure: 'interrupted', message: '' } as const;
    const subject = { table: players.name, attempt: 1, at: NOW };
    await record(world, RUN_A, `${first.launch}:ended`, { ...over, ...subject });
    expect((await opened.runs.locks()).length).toBe(1);
    const second = await opened.asksForPlayers(RUN_B, EARLY);
    await launchTable(world, second);
    expect((await opened.runs.locks()).map(({ launch }) => launch)).toEqual([second.launch]);
  });

  it('that is asked for again starts once, and holds what it held', async () => {
    const message = await opened.asksForPlayers(RUN_A, EARLY);
    await launchTable(world, message);
    const locks = await opened.runs.locks();
    await launchTable(world, message);
    expect(await opened.runs.locks()).toEqual(locks);
    expect(await opened.jobs.running()).toEqual([message.launch]);
  });

  it('that its run gave up while it waited for the lock starts nothing, and keeps no lock', async () => {
    const message = await opened.asksForPlayers(RUN_A, EARLY);
    const { runs } = world;
    const slow: World['runs'] = {
      ...runs,
      lock: async (...asked) => {
        await recordJob(world, ended(message));
        return runs.lock(...asked);
      },
    };
    await launchTable({ ...world, runs: slow }, message);
    expect(await opened.jobs.stateOf(message.launch)).toBe('unknown');
    expect(await opened.runs.locks()).toEqual([]);
  });

  it('of days that the attempt before has written starts nothing, and its table is judged', async () => {
    const { launch, run, days } = await opened.asksForPlayers(RUN_A, EARLY);
    const written = { status: 'success', days, detail: '' } as const;
    await recordDays(world.warehouse, { run, launch, table: players, days }, NOW, written);
    await recordJob(world, ended({ run, launch }));
    const again = opened.lastLaunch(RUN_A);
    expect(again.attempt).toBe(2);
    await launchTable(world, again);
    expect(await opened.jobs.stateOf(again.launch)).toBe('unknown');
    expect(await opened.runs.claim(again.launch, 'late')).toBe('cancelled');
    expect((await opened.stateOf(RUN_A)).table?.tag).toBe('verifying');
  });

  it('of an attempt that is over starts nothing', async () => {
    const message = await opened.asksForPlayers(RUN_A, EARLY);
    await recordJob(world, ended(message));
    await launchTable(world, message);
    expect(await opened.jobs.stateOf(message.launch)).toBe('unknown');
  });

  it('that comes again after its end was recorded lets go of what a crash left held', async () => {
    const message = await opened.asksForPlayers(RUN_A, EARLY);
    await launchTable(world, message);
    const locks = await opened.runs.locks();
    await recordJob(world, ended(message));
    for (const lock of locks) await opened.runs.lock(lock, 1);
    await launchTable(world, message);
    expect(await opened.runs.locks()).toEqual([]);
  });
});

describe('a launch of what reads a table that its gate judged', () => {
  it('starts nothing when a day of that table changed since, and has the table judged again', async () => {
    const message = await opened.asksForPlayers(RUN_A, EARLY);
    const { other: passed } = await opened.stateOf(RUN_A);
    const judgedOn = passed?.tag === 'passed' ? passed.token : null;
    await opened.write('2022-01-02');
    await launchTable(world, message);
    expect(await opened.jobs.running()).toEqual([]);
    expect(await opened.runs.claim(message.launch, 'late')).toBe('cancelled');
    expect(await opened.runs.locks()).toEqual([]);
    expect((await opened.runs.facts(RUN_A)).at(-1)).toEqual({
      id: `${message.launch}:upstream-changed`,
      event: {
        type: 'upstream-changed',
        table: players.name,
        attempt: 1,
        upstream: teams.name,
        token: judgedOn,
        at: NOW,
      },
    });
    const { table, other } = await opened.stateOf(RUN_A);
    expect([table?.tag, other?.tag]).toEqual(['waiting', 'verifying']);
  });

  it('does not mind days after the range of the run', async () => {
    const message = await opened.asksForPlayers(RUN_A, EARLY);
    await opened.write('2022-02-01');
    await launchTable(world, message);
    expect(await opened.jobs.running()).toEqual([message.launch]);
  });

  it('goes on when it had begun before the table changed: a message that comes again asks nothing anew', async () => {
    const message = await opened.asksForPlayers(RUN_A, EARLY);
    const { table: name, launch, run, attempt } = message;
    const days = parseDaySet(EARLY);
    await opened.runs.lock({ table: name, launch, run, days }, 1);
    const job = { id: launch, run, table: name, attempt, days, definition: 'd1' };
    await opened.jobs.launch({ ...job, image: null, program: null });
    await opened.write('2022-01-02');
    await launchTable(world, message);
    expect(await opened.jobs.running()).toEqual([launch]);
    expect((await opened.stateOf(RUN_A)).table?.tag).toBe('running');
  });

  it('is not begun when the table changed between the lock and the execution', async () => {
    const message = await opened.asksForPlayers(RUN_A, EARLY);
    const { table: name, launch, run } = message;
    await opened.runs.lock({ table: name, launch, run, days: parseDaySet(EARLY) }, 1);
    await opened.write('2022-01-02');
    await launchTable(world, message);
    expect(await opened.jobs.running()).toEqual([]);
    expect(await opened.runs.locks()).toEqual([]);
    expect((await opened.stateOf(RUN_A)).other?.tag).toBe('verifying');
  });
});

describe('a launch that is cancelled', () => {
  const cancelOf = ({ run, table, attempt, launch }: Awaited<ReturnType<typeof ask>>) =>
    ({ run, table, attempt, launch, cancel: true }) as const;
  const ask = () => opened.asksForPlayers(RUN_A, EARLY);
  const cancelRun = () =>
    record(world, RUN_A, 'c1', { type: 'cancel-requested', by: 'ana', reason: '', at: NOW });

  it('ends when its execution has ended, and not before', async () => {
    const message = await ask();
    await launchTable(world, message);
    await cancelRun();
    await cancelLaunch(world, cancelOf(message));
    expect((await opened.stateOf(RUN_A)).table?.tag).toBe('cancelling');
    expect((await opened.runs.locks()).length).toBe(1);
    expect(await opened.runs.claim(message.launch, 'late')).toBe('cancelled');
    await opened.jobs.close();
    const told = opened.published.findLast(({ topic }) => topic === 'phasegate-job-finished');
    expect(told?.body).toMatchObject({ launch: message.launch, result: 'cancelled' });
    await recordJob(world, told?.body as JobFinishedMessage);
    expect(await opened.isAtRest(RUN_A)).toBe(true);
    expect(await opened.runs.locks()).toEqual([]);
  });

  it('before it started has ended at once, and never starts', async () => {
    const message = await ask();
    await cancelRun();
    await cancelLaunch(world, cancelOf(message));
    expect(await opened.isAtRest(RUN_A)).toBe(true);
    await launchTable(world, message);
    expect(await opened.jobs.stateOf(message.launch)).toBe('unknown');
    expect(await opened.runs.locks()).toEqual([]);
  });

  it('while it is being launched neither starts nor keeps its days', async () => {
    const message = await ask();
    await opened.jobs.cancel(message.launch);
    await launchTable(world, message);
    expect(await opened.jobs.running()).toEqual([]);
    expect(await opened.runs.locks()).toEqual([]);
    expect((await opened.runs.facts(RUN_A)).at(-1)?.event).toMatchObject({
      type: 'job-failed',
      failure: 'cancelled',
    });
  });

  it('is refused for a run that nobody started', async () => {
    const stranger = cancelOf({ ...(await ask()), run: RUN_B });
    await expect(cancelLaunch(world, stranger)).rejects.toMatchObject({ kind: 'invalid-input' });
  });
});
