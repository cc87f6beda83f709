import { describe, expect, it } from 'vitest';
import { cronerCrons } from '../../../shared/adapters/croner-crons.ts';
import type { ExpectedTrigger } from '../../../shared/core/monitor/expected-triggers.ts';
import { type Trigger, triggerFindings } from '../../../shared/core/monitor/trigger-findings.ts';

const WANTED: ExpectedTrigger = {
  name: 'monitor-daily',
  cron: '0 9 * * *',
  timeZone: 'America/New_York',
  topic: 'phasegate-monitor-due',
  body: '{"monitor":"daily","pipeline":"nba"}',
};
/** Nine in the morning in New York was at 14:00. */
const NOW = '2026-01-03T15:00:00.000Z';
const RIGHT: Trigger = {
  ...WANTED,
  isPaused: false,
  pause: null,
  knownAt: null,
  lastAttemptAt: '2026-01-03T14:00:01.000Z',
  lastFailure: null,
};
const PAUSE = { reason: 'the league moved', until: '2026-01-04T00:00:00.000Z', by: 'ana' };

function look(found: readonly Trigger[], now = NOW, wanted = WANTED) {
  return triggerFindings([wanted], found, cronerCrons.lastDue, 'critical', now);
}

describe('a schedule', () => {
  it('that exists, is right and called when it was due is no finding', () => {
    expect(look([RIGHT])).toEqual([]);
  });

  it.each<[string, readonly Trigger[], string]>([
    ['that does not exist', [], 'missing'],
    ['that does not exist, beside others', [{ ...RIGHT, name: 'monitor-weekly' }], 'missing'],
    ['that is paused, and nobody said why', [{ ...RIGHT, isPaused: true }], 'paused'],
    [
      'whose pause has run out',
      [{ ...RIGHT, isPaused: true, pause: { ...PAUSE, until: '2026-01-03T14:59:00.000Z' } }],
      'paused',
    ],
    ['at another time', [{ ...RIGHT, cron: '0 14 * * *' }], 'drifted'],
    ['in another zone', [{ ...RIGHT, timeZone: 'UTC' }], 'drifted'],
    ['that publishes elsewhere', [{ ...RIGHT, topic: 'phasegate-start' }], 'target'],
    ['that says something else', [{ ...RIGHT, body: '{}' }], 'target'],
    ['whose last attempt failed', [{ ...RIGHT, lastFailure: 'no such topic' }], 'failed'],
    ['that never called', [{ ...RIGHT, lastAttemptAt: null }], 'silent'],
    [
      'that last called the day before',
      [{ ...RIGHT, lastAttemptAt: '2026-01-02T14:00:01.000Z' }],
      'silent',
    ],
  ])('%s is a finding of its own kind, with what to do', (_, found, what) => {
    const findings = look(found);
    expect(findings).toMatchObject([
      { cause: `schedule/monitor-daily/${what}`, severity: 'critical' },
    ]);
    expect(findings[0]?.next).not.toBeNull();
  });

  it('that somebody paused for a reason, and for a while, is left alone', () => {
    expect(look([{ ...RIGHT, isPaused: true, pause: PAUSE, lastAttemptAt: null }])).toEqual([]);
  });

  it('that is as it is since after it was due last could not have called', () => {
    const never = { ...RIGHT, lastAttemptAt: null };
    expect(look([{ ...never, knownAt: '2026-01-03T14:00:00.000Z' }])).toEqual([]);
    expect(look([{ ...never, knownAt: '2026-01-03T13:59:59.000Z' }]).length).toBe(1);
  });

  it('that should call each minute is silent after a quarter of an hour', () => {
    const wanted = { ...WANTED, cron: '* * * * *' };
    const at = (lastAttemptAt: string) => [{ ...RIGHT, ...wanted, lastAttemptAt }];
    expect(look(at('2026-01-03T14:46:00.000Z'), NOW, wanted)).toEqual([]);
    expect(look(at('2026-01-03T14:44:00.000Z'), NOW, wanted)).toMatchObject([
      { cause: 'schedule/monitor-daily/silent' },
    ]);
  });

  it('is given a quarter of an hour to call', () => {
    const late = [{ ...RIGHT, lastAttemptAt: '2026-01-02T14:00:01.000Z' }];
    expect(look(late, '2026-01-03T14:14:59.000Z')).toEqual([]);
    expect(look(late, '2026-01-03T14:15:00.000Z').length).toBe(1);
  });
});
