import { expect, it } from 'vitest';
import { alertHandler } from '../../shared/adapters/gcp/alert-handler.ts';
import { inCloudWords } from '../../shared/adapters/gcp/in-cloud-words.ts';
import type { AlertMessage } from '../../shared/core/messages.ts';

it('people in the cloud are told commands that reach it, however long the alert is', async () => {
  const told: AlertMessage[] = [];
  const notifier = inCloudWords({ tell: async (alert) => void told.push(alert) });
  const command = 'next: npx phasegate schedules resume monitor-daily';
  const text = `${'x'.repeat(20_000 - command.length - 1)}\n${command}`;
  const next = 'npx phasegate schedules resume monitor-daily';
  const parts = { title: 't', about: null, since: null, lines: [`try ${next}`], next };
  const data = JSON.stringify({ run: null, key: 'monitor/schedules/1', text, parts });
  await alertHandler(notifier, () => undefined)({ messageId: '1', data });
  expect(told.map((each) => each.text.split('\n').at(-1))).toEqual([`${command} --world gcp`]);
  expect(told[0]?.parts).toMatchObject({
    lines: [`try ${next} --world gcp`],
    next: `${next} --world gcp`,
  });
});
