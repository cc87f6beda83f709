import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deadLetters } from '../../shared/adapters/local/dead-letters.ts';
import { deadPiles } from '../../shared/adapters/local/dead-piles.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteMonitorStore } from '../../shared/adapters/local/sqlite-monitor-store.ts';
import { PhasegateError } from '../../shared/core/errors.ts';
import { NEVER_OBSERVED } from '../../shared/core/monitor/monitor-state.ts';
import type { Monitoring } from '../../shared/ports/monitoring.ts';
import { observe } from '../../shared/shell/observe.ts';
import { monitorOf } from './monitoring-world.ts';

const DEAD = monitorOf('dead', { what: 'dead-letters' });
let db: ReturnType<typeof openStateFile>;
let letters: ReturnType<typeof deadLetters>;
let seq: number;
beforeEach(() => {
  db = openStateFile(':memory:');
  letters = deadLetters(db);
  seq = 0;
});
afterEach(() => db.close());

function bury(topic: string, reason: string): string {
  seq += 1;
  const id = `m${seq}`;
  letters.bury({ seq, id, topic, data: '{}' }, reason);
  return id;
}

async function look() {
  const monitors = sqliteMonitorStore(db);
  const monitoring = { monitors, dead: deadPiles(() => letters.list()) } as unknown as Monitoring;
  return observe(monitoring, DEAD, NEVER_OBSERVED, { id: 'l', due: '2026-01-01T00:00:00.000Z' });
}

describe('dead letters', () => {
  it('are one finding for each topic and cause, however many messages died of it', async () => {
    bury('phasegate-start', 'no pipeline "a"');
    bury('phasegate-start', 'no pipeline "b"');
    bury('phasegate-start', 'no such table');
    bury('phasegate-job-finished', 'no such table');
    const { verdict, findings } = await look();
    expect(verdict).toBe('FAIL');
    expect(findings.map(({ cause, title }) => [cause, title])).toEqual([
      ['dead/phasegate-start/no pipeline …', '2 messages on phasegate-start died and wait'],
      ['dead/phasegate-start/no such table', '1 message on phasegate-start died and waits'],
      [
        'dead/phasegate-job-finished/no such table',
        '1 message on phasegate-job-finished died and waits',
      ],
    ]);
    expect(findings[0]?.details).toEqual(['no pipeline "a"', expect.stringMatching(/^since 20/)]);
    expect(findings[0]?.next).toContain('npx phasegate dead list');
  });

  it('are a finding until they are sent again, and a pass when none waits', async () => {
    const id = bury('phasegate-start', 'no pipeline');
    expect(await look()).toMatchObject({ verdict: 'FAIL', message: '1 dead letter waiting' });
    letters.replay([id]);
    expect(await look()).toMatchObject({ verdict: 'PASS', message: '0 dead letters waiting' });
  });

  it('that nobody could count are UNKNOWN, never none', async () => {
    const piles = () => Promise.reject(new PhasegateError('not-found', 'no figures'));
    const monitoring = { dead: { piles } } as unknown as Monitoring;
    const seen = await observe(monitoring, DEAD, NEVER_OBSERVED, { id: 'l', due: '' });
    expect(seen).toMatchObject({
      verdict: 'UNKNOWN',
      message: expect.stringContaining('no figures'),
    });
  });
});
