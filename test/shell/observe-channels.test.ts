import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PhasegateError } from '../../shared/core/errors.ts';
import { observe } from '../../shared/shell/observe.ts';
import { runMonitor } from '../../shared/shell/run-monitor.ts';
import { peopleNotifier } from '../../shared/shell/tell-people.ts';
import { openPeople } from '../fixtures/people.ts';
import { type MonitoringWorld, monitorOf, openMonitoringWorld } from './monitoring-world.ts';

const WEEKLY = monitorOf(
  'channels',
  { what: 'channels' },
  { cron: '0 9 * * 1', deadlineMinutes: 15, severity: 'critical' },
);
const MONDAY = '2022-01-10T14:00:00.000Z';
let w: MonitoringWorld;
let broken: Set<string>;
/** Does what `notify` does with all that was published; what a channel refused comes again. */
let notify: () => Promise<number>;

beforeEach(async () => {
  w = await openMonitoringWorld([WEEKLY]);
  w.clock.now = MONDAY;
  const opened = openPeople(['chat', 'mail']);
  broken = opened.broken;
  const { alerts: memory, now } = w.monitoring;
  const notifier = peopleNotifier({ ...opened.people, memory, now });
  notify = async () => {
    await Promise.allSettled(w.heard().map((alert) => notifier.tell(alert)));
    return opened.heard().filter((each) => each.includes(' test/channels/')).length;
  };
});
afterEach(() => w.close());

const look = () => w.look('channels');
const open = async () => (await w.monitoring.monitors.load('channels')).state.open;
const later = (seconds: number) => {
  w.clock.now = new Date(Date.parse(w.clock.now) + seconds * 1000).toISOString();
};
const waits = { kind: 'unavailable', message: expect.stringContaining('waits for') };

describe('a monitor of channels', () => {
  it('sends one test through each, waits for it, and passes when every one has taken it', async () => {
    const call = w.clock.now;
    await expect(look()).rejects.toMatchObject(waits);
    expect(await notify()).toBe(2);
    w.clock.now = call;
    await look();
    expect(await w.last('channels')).toMatchObject({
      verdict: 'PASS',
      message: '2 of 2 channels took the test of 2022-01-10T14:00:00.000Z',
    });
    await notify();
    await look();
    expect(await notify()).toBe(0);
  });

  it('tells of a channel that did not take its test in time, with what the channel said', async () => {
    broken.add('chat');
    const message = `m-${w.clock.now}`;
    const again = () => runAgain(message);
    await expect(again()).rejects.toMatchObject(waits);
    await notify();
    later(29);
    await expect(again()).rejects.toMatchObject(waits);
    await notify();
    later(1);
    await again();
    expect(await w.last('channels')).toMatchObject({ verdict: 'FAIL', findings: 1 });
    const [finding] = await open();
    expect(finding).toMatchObject({
      cause: 'channels/chat',
      severity: 'critical',
      title: 'alert channel chat did not take its test',
      details: [`sent at ${MONDAY}`, 'chat took no message: 404'],
    });
  });

  it('tells when nobody took the test: whoever tells people is not there', async () => {
    const message = `m-${w.clock.now}`;
    await expect(runAgain(message)).rejects.toMatchObject(waits);
    later(30);
    await runAgain(message);
    expect((await open()).map(({ cause }) => cause)).toEqual(['channels/nobody']);
  });

  it('asks each week anew: a channel that took the last test and refuses this one is a finding', async () => {
    await look().catch(() => undefined);
    await notify();
    await look();
    broken.add('mail');
    later(7 * 86_400);
    const message = `m-${w.clock.now}`;
    await expect(runAgain(message)).rejects.toMatchObject(waits);
    await notify();
    later(30);
    await runAgain(message);
    expect((await open()).map(({ cause }) => cause)).toEqual(['channels/mail']);
    broken.clear();
    later(7 * 86_400);
    const next = `m-${w.clock.now}`;
    await runAgain(next).catch(() => undefined);
    await notify();
    await runAgain(next);
    expect(await open()).toEqual([]);
  });

  it('that looks by hand sends nothing, and says what became of the last test', async () => {
    const monitoring = { ...w.monitoring, testMs: 0, bus: deaf };
    const before = await observe(monitoring, WEEKLY, unsent(), { id: 'x', due: MONDAY });
    expect(before).toMatchObject({ verdict: 'IDLE', message: expect.stringContaining('no test') });
    await look().catch(() => undefined);
    await notify();
    const { state } = await w.monitoring.monitors.load('channels');
    const after = await observe(monitoring, WEEKLY, state, { id: 'x', due: MONDAY });
    expect(after).toMatchObject({ verdict: 'PASS' });
  });
});

const deaf = {
  publish: async () => {
    throw new PhasegateError('bug', 'something was sent');
  },
};
const unsent = () => ({ open: [], over: [], runs: [], untold: [] });

/** The same message once more, as the bus delivers it. */
async function runAgain(message: string): Promise<void> {
  await runMonitor(w.monitoring, message, { monitor: 'channels', due: null });
}
