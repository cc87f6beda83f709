import { expect, it } from 'vitest';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteMonitorStore } from '../../shared/adapters/local/sqlite-monitor-store.ts';
import { tellSilence } from '../../shared/adapters/local/tell-silence.ts';
import type { AlertMessage } from '../../shared/core/messages.ts';
import { NEVER_OBSERVED } from '../../shared/core/monitor/monitor-state.ts';
import type { Monitoring } from '../../shared/ports/monitoring.ts';
import { secondsSinceLastDigest } from '../../shared/shell/digest-silence.ts';
import { TINY } from '../fixtures/tiny-warehouse.ts';
import { monitorOf } from './monitoring-world.ts';

const DIGEST = monitorOf('digest', { what: 'digest' });
const OTHER = monitorOf('stuck', {
  what: 'runs',
  lookBackDays: 14,
  leftAloneMinutes: 120,
  handOverMinutes: 15,
});
const NOON = '2026-01-03T12:00:00.000Z';

function watching(monitors: readonly (typeof DIGEST)[]) {
  const clock = { now: NOON };
  const parts = {
    monitors: sqliteMonitorStore(openStateFile(':memory:')),
    definitionNow: () => ({ ...TINY, pipeline: { ...TINY.pipeline, monitors } }),
    now: () => clock.now,
  };
  const ended = async (monitor: string, endedAt: string) => {
    const { version } = await parts.monitors.load(monitor);
    const run = {
      asked: endedAt,
      due: endedAt,
      startedAt: endedAt,
      endedAt,
      findings: 0,
      evidence: null,
    };
    const runs = [{ ...run, verdict: 'PASS', message: '' } as const];
    await parts.monitors.commit(monitor, version, { ...NEVER_OBSERVED, runs });
  };
  return { parts, clock, ended, monitoring: parts as unknown as Monitoring };
}

it('a digest is as old as its last end, and where none ever came as the first wait for it', async () => {
  const { parts, clock, ended } = watching([DIGEST, OTHER]);
  expect(await secondsSinceLastDigest(parts)).toBe(0);
  await ended('stuck', '2026-01-03T11:00:00.000Z');
  clock.now = '2026-01-03T13:00:00.000Z';
  expect(await secondsSinceLastDigest(parts)).toBe(3600);
  await ended('digest', '2026-01-03T12:59:00.000Z');
  expect(await secondsSinceLastDigest(parts)).toBe(60);
});

it('a digest that could not look, or that nobody was told, does not count', async () => {
  const { parts, ended } = watching([DIGEST]);
  await ended('digest', '2026-01-03T11:00:00.000Z');
  const { version, state } = await parts.monitors.load('digest');
  const later = { ...state.runs[0]!, asked: 'later', endedAt: '2026-01-03T11:59:00.000Z' };
  const unable = { ...state, runs: [{ ...later, verdict: 'UNKNOWN' as const }, ...state.runs] };
  await parts.monitors.commit('digest', version, unable);
  expect(await secondsSinceLastDigest(parts)).toBe(3600);
  const untold = [{ run: null, key: 'k', text: 'digest' }];
  await parts.monitors.commit('digest', version + 1, {
    ...state,
    runs: [later, ...state.runs],
    untold,
  });
  expect(await secondsSinceLastDigest(parts)).toBe(3600);
});

it('nobody waits for a digest that the pipeline does not have', async () => {
  const { parts, ended } = watching([OTHER]);
  await ended('stuck', '2020-01-03T11:00:00.000Z');
  expect(await secondsSinceLastDigest(parts)).toBeNull();
});

it('that no digest comes is told after 26 hours, once a day', async () => {
  const { monitoring, clock, ended } = watching([DIGEST]);
  const told = new Map<string, string>();
  const notifier = { tell: async ({ key, text }: AlertMessage) => void told.set(key, text) };
  await ended('digest', NOON);
  clock.now = '2026-01-04T14:00:00.000Z';
  await tellSilence(monitoring, notifier);
  expect(told.size).toBe(0);
  clock.now = '2026-01-04T15:00:00.000Z';
  await tellSilence(monitoring, notifier);
  await tellSilence(monitoring, notifier);
  expect([...told.values()]).toEqual(['no digest has come for 27 hours']);
  clock.now = '2026-01-05T15:00:00.000Z';
  await tellSilence(monitoring, notifier);
  expect(told.size).toBe(2);
});
