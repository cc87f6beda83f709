import { expect, it } from 'vitest';
import { alertEvent } from '../../shared/core/alert-event.ts';
import { deathAlert } from '../../shared/core/death.ts';

it.each([
  ['dead/phasegate-start/x', 'message-died'],
  ['tiny-1/analytics/2', 'gate-blocked'],
  ['tiny-1/stopped/1', 'run-stuck'],
  ['tiny-1/unstoppable/1', 'run-stuck'],
  ['tiny-1/unreconciled/why / that', 'run-stuck'],
  ['tiny-1/passed/2', 'run-passed'],
  ['tiny-1/1', 'run-failed'],
  ['test/channels/2026', 'channels-tested'],
  ['digest/silent/2026-01-03', 'monitor-told'],
  ['monitor/daily/data/a.teams/new/2026', 'monitor-told'],
])('an alert %s is counted as %s', (key, event) => {
  expect(alertEvent(key)).toBe(event);
});

it('deaths of one cause have one key, whatever the messages held', () => {
  const keys = ['"a"', '"b\\" c"', '"d", "12"'].map(
    (named) => deathAlert('phasegate-start', 'm', `message: Unrecognized key: ${named}`).key,
  );
  expect(new Set(keys).size).toBe(1);
});

it('deaths of two causes have two keys, and each alert that died has its own', () => {
  const key = (topic: string, id: string, reason: string) => deathAlert(topic, id, reason).key;
  expect(key('phasegate-start', 'm', 'from: wrong')).not.toBe(
    key('phasegate-start', 'm', 'to: wrong'),
  );
  expect(key('phasegate-alerts', 'm1', 'x')).not.toBe(key('phasegate-alerts', 'm2', 'x'));
});

it('what it tells fits what an alert may hold', () => {
  const { key, text } = deathAlert('phasegate-start', 'm', 'x'.repeat(50_000));
  expect(key.length).toBeLessThanOrEqual(400);
  expect(text.length).toBeLessThanOrEqual(20_000);
});
