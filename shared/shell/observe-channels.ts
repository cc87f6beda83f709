import { healthId, testedId, toldId } from '../core/alerts/alert-record.ts';
import { PhasegateError } from '../core/errors.ts';
import type { AlertMessage } from '../core/messages.ts';
import type { Finding } from '../core/monitor/finding.ts';
import type { Monitor } from '../core/monitor/monitor.ts';
import type { MonitorState } from '../core/monitor/monitor-state.ts';
import { counted } from '../core/view/counted.ts';
import type { Monitoring } from '../ports/monitoring.ts';
import type { Look } from './observe.ts';

/** What goes through each channel: whoever sees it has to do nothing. */
export function testAlert({ name }: Pick<Monitor, 'name'>, key: string): AlertMessage {
  const text = `${name}: a test of this channel; there is nothing to do`;
  return { run: null, key, text, severity: 'info', isTest: true };
}

/**
 * Which channels took the last test that was sent: what those who tell people kept of it is the proof. Nothing is sent.
 *
 * @throws PhasegateError `unavailable` while a channel may still take it
 */
export async function observeChannels(
  { alerts, now, testMs }: Pick<Monitoring, 'alerts' | 'now' | 'testMs'>,
  { name, severity, deadlineMinutes }: Monitor,
  { sent }: Pick<MonitorState, 'sent'>,
): Promise<Look> {
  const see = { isOver: () => true, evidence: null };
  if (sent === undefined) {
    const message = `no test was sent yet; \`npx phasegate schedules run monitor-${name}\` sends one`;
    return { ...see, verdict: 'IDLE', message, findings: [], isOver: () => false };
  }
  const tested = (await alerts.load(testedId(sent.key))).record;
  const channels = tested?.what === 'tested' ? tested.channels : [];
  const late: string[] = [];
  for (const channel of channels) {
    const { record } = await alerts.load(toldId(channel, sent.key));
    if (record?.what !== 'told' || record.toldAt === null) late.push(channel);
  }
  const until = Date.parse(sent.at) + Math.min(testMs, deadlineMinutes * 60_000);
  if ((channels.length === 0 || late.length > 0) && Date.parse(now()) < until) {
    const whom = late.join(', ') || 'whoever tells people';
    const message = `the test of ${sent.at} waits for ${whom} until ${new Date(until).toISOString()}`;
    throw new PhasegateError('unavailable', message);
  }
  const about = { severity, days: [] };
  if (channels.length === 0) {
    const unheard: Finding = {
      ...about,
      cause: 'channels/nobody',
      title: 'the test alert came to no channel',
      details: [`sent at ${sent.at}; whoever tells people did not take it`],
      next: 'look at the dead letters of phasegate-alerts and at the log of notify',
    };
    return { ...see, verdict: 'FAIL', message: unheard.title, findings: [unheard] };
  }
  const findings: Finding[] = [];
  for (const channel of late) {
    const { record } = await alerts.load(healthId(channel));
    const why = record?.what === 'health' && record.failedSince !== null ? [record.why] : [];
    findings.push({
      ...about,
      cause: `channels/${channel}`,
      title: `alert channel ${channel} did not take its test`,
      details: [`sent at ${sent.at}`, ...why],
      next: `mend the address of ${channel}, then npx phasegate schedules run monitor-${name}`,
    });
  }
  const took = channels.length - late.length;
  const message = `${took} of ${counted(channels.length, 'channel')} took the test of ${sent.at}`;
  return { ...see, verdict: findings.length === 0 ? 'PASS' : 'FAIL', message, findings };
}
