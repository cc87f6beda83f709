import { expect, it } from 'vitest';
import { cronerCrons } from '../../shared/adapters/croner-crons.ts';
import { localScheduler } from '../../shared/adapters/local/local-scheduler.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { AT, describeScheduler, SCHEDULED } from './scheduler.ts';

function open() {
  const db = openStateFile(':memory:');
  const outside = { now: AT };
  const published: { topic: string; body: unknown }[] = [];
  const bus = {
    publish: async (topic: string, body: unknown) => String(published.push({ topic, body })),
  };
  const parts = { bus, crons: cronerCrons, now: () => outside.now };
  return {
    scheduler: localScheduler(db, SCHEDULED, parts),
    outside,
    calls: () => published.map(({ body }) => body),
    close: () => db.close(),
  };
}

describeScheduler('timers of the local world', open);

const due = (calls: readonly unknown[]) =>
  calls.map((body) => {
    const { monitor, due } = body as { monitor: string; due: string };
    return `${monitor} ${due.slice(11, 16)}`;
  });

it('calls what becomes due, once, and nothing that was due before it was known', async () => {
  const { scheduler, outside, calls } = open();
  await scheduler.tick();
  expect(calls()).toEqual([]);
  for (const minute of ['44', '45', '46', '59']) {
    outside.now = `2026-01-03T14:${minute}:10.000Z`;
    await scheduler.tick();
  }
  expect(due(calls())).toEqual(['stuck 14:45']);
});

it('calls what was missed while nobody ran the world, once', async () => {
  const { scheduler, outside, calls } = open();
  await scheduler.tick();
  outside.now = '2026-01-05T20:07:00.000Z';
  await scheduler.tick();
  await scheduler.tick();
  expect(due(calls())).toEqual(['daily 14:00', 'stuck 20:00']);
});

it('does not call what is paused, and goes on by itself when the pause has run out', async () => {
  const { scheduler, outside, calls } = open();
  await scheduler.tick();
  await scheduler.pause('monitor-stuck', {
    reason: 'r',
    until: '2026-01-03T15:10:00.000Z',
    by: '',
  });
  outside.now = '2026-01-03T15:05:00.000Z';
  await scheduler.tick();
  expect(calls()).toEqual([]);
  outside.now = '2026-01-03T15:11:00.000Z';
  await scheduler.tick();
  expect(due(calls())).toEqual(['stuck 15:00']);
});
