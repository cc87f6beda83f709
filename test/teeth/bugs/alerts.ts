import type { PlantedBug } from '../planted-bug.ts';

const TELL = 'shared/shell/tell-people.ts';
const ONCE = 'shared/shell/tell-once.ts';
const RULES = 'shared/core/alerts/alert-rules.ts';
const PEOPLE = 'test/shell/tell-people.test.ts';
const TESTS_OF_CHANNELS = 'shared/shell/observe-channels.ts';
const CHANNELS = 'test/shell/observe-channels.test.ts';

/** What makes alerts reach nobody, somebody else, or everybody all the time. */
export const OF_ALERTS: readonly PlantedBug[] = [
  {
    name: 'an alert counts as told before a channel took it',
    file: ONCE,
    find: '= claimed(told, now());',
    replace: '= { ...claimed(told, now()), toldAt: now(), keys: [alert.key] };',
    tests: [PEOPLE, 'test/cloud/alert-channels.test.ts'],
  },
  {
    name: 'two instances tell one cause at the same time',
    file: ONCE,
    find: "    if (isKind(error, 'conflict')) return busy;",
    replace: "    if (!isKind(error, 'conflict')) return busy;",
    tests: [PEOPLE],
  },
  {
    name: 'what a cause is called is its text and its numbers',
    file: 'shared/core/alerts/telling.ts',
    find: '=> cause ?? key;',
    replace: "=> (cause === '' ? cause : key);",
    tests: [PEOPLE],
  },
  {
    name: 'an alert for one channel goes to all of its severity',
    file: RULES,
    find: '  if (channel !== undefined && there.includes(channel)) return [channel];',
    replace: '  if (channel !== undefined && !there.includes(channel)) return [channel];',
    tests: [PEOPLE],
  },
  {
    name: 'alerts go through every channel, however loud they are',
    file: RULES,
    find: 'return routed.length === 0 ? there : routed;',
    replace: 'return routed.length === 0 ? routed : there;',
    tests: [PEOPLE],
  },
  {
    name: 'that a channel takes nothing is told to nobody',
    file: TELL,
    find: '        await health.failed(name, why, partsOf(alert).title, but);',
    replace:
      '        if (why === but.join()) await health.failed(name, why, partsOf(alert).title, but);',
    tests: [PEOPLE],
  },
  {
    name: 'an alert whose only channel is dead is heard by nobody',
    file: TELL,
    find: 'if (failed.length === wanted.length && alert.isTest !== true)',
    replace: 'if (failed.length > wanted.length && alert.isTest !== true)',
    tests: [PEOPLE],
  },
  {
    name: 'a channel that works again is not told of',
    file: 'shared/shell/channel-health.ts',
    find: '      if (known.isTold) {',
    replace: '      if (known.isTold && known.failedSince === now()) {',
    tests: [PEOPLE],
  },
  {
    name: 'a severity without a channel is accepted',
    file: 'shared/core/validate-alerts.ts',
    find: '.filter((name) => channels.every((channel) => channel.name !== name))',
    replace: '.filter((name) => channels.every((channel) => channel.name === name))',
    tests: ['test/edge/alerts-file.test.ts'],
  },
  {
    name: 'critical alerts may go where nobody looks',
    file: 'shared/core/validate-alerts.ts',
    find: "const MUST_REACH: readonly AlertSeverity[] = ['error', 'critical'];",
    replace: "const MUST_REACH: readonly AlertSeverity[] = ['error'];",
    tests: ['test/edge/alerts-file.test.ts'],
  },
  {
    name: 'a channel whose secret is missing is left out in the cloud',
    file: 'shared/edge/channel-addresses.ts',
    find: "      lacking === 'refused' ||",
    replace: "      lacking !== 'refused' ||",
    tests: ['test/edge/channel-addresses.test.ts'],
  },
  {
    name: 'text of a message may call everybody in the chat',
    file: 'shared/adapters/channels/slack-blocks.ts',
    find: "'<': '&lt;', ",
    replace: '',
    tests: ['test/cloud/slack-message.test.ts'],
  },
  {
    name: 'a channel that did not take its test passes',
    file: TESTS_OF_CHANNELS,
    find: "if (record?.what !== 'told' || record.toldAt === null) late.push(channel);",
    replace: "if (record?.what === 'health') late.push(channel);",
    tests: [CHANNELS],
  },
  {
    name: 'a test that nobody heard of passes',
    file: TESTS_OF_CHANNELS,
    find: '  if (channels.length === 0) {',
    replace: '  if (channels.length < 0) {',
    tests: [CHANNELS],
  },
  {
    name: 'last week is proof enough that a channel works',
    file: 'shared/shell/run-monitor.ts',
    find: '  if (stored.state.sent?.key === key) {',
    replace: '  if (stored.state.sent !== undefined) {',
    tests: [CHANNELS],
  },
  {
    name: 'a run that passes after all leaves people with its failure',
    file: 'shared/core/decide-gate.ts',
    find: 'round - 1 > repairs.unasked;',
    replace: 'round - 1 < repairs.unasked;',
    tests: ['test/incidents/one-summary.test.ts'],
  },
  {
    name: 'a run that is blocked again is another cause',
    file: 'shared/core/alerts/run-alert.ts',
    find: "cause: key.replace(/\\/\\d+$/, ''),",
    replace: 'cause: key,',
    tests: ['test/incidents/one-summary.test.ts', PEOPLE],
  },
];
