import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { MINIMUM_BYTES, usdOf } from '../../../shared/core/estimate/price.ts';
import { parsePhaseName } from '../../../shared/core/ids.ts';
import { byteSize, dollars, duration } from '../../../shared/core/view/amounts.ts';
import { publishCommand } from '../../../shared/core/view/publish-command.ts';
import { readStart } from '../../../shared/edge/wire.ts';
import { day } from '../build.ts';

const agreed = {
  pipeline: "ana's",
  from: day('2022-01-01'),
  to: day('2022-01-10'),
  mode: 'missing',
  plan: '00000000-11111111-22222222-33333333-44444444',
} as const;

/** The message that a shell hands over in place of gcloud. */
function messageOf(command: string): string {
  const [, words = ''] = command.split('phasegate-start --project=local ');
  const text = execFileSync('sh', ['-c', `printf %s ${words}`], { encoding: 'utf8' });
  return text.replace(/^--message=/, '');
}

it('a shell hands over the message of a plan as it is, whatever stands in it', () => {
  const { mode: _, ...rest } = agreed;
  expect(JSON.parse(messageOf(publishCommand(agreed, null)))).toEqual(rest);
  const phases = [parsePhaseName('analytics')];
  const some = publishCommand({ ...agreed, phases, mode: 'all' }, null);
  expect(JSON.parse(messageOf(some))).toEqual({ ...agreed, phases, mode: 'all' });
});

it('a start reads what was published', () => {
  expect(readStart(messageOf(publishCommand(agreed, null)))).toMatchObject({
    start: { plan: agreed.plan, request: { from: agreed.from, to: agreed.to, mode: 'missing' } },
  });
});

it('the line names the bus of the world where one runs', () => {
  expect(publishCommand(agreed, 'http://127.0.0.1:8085')).toMatch(
    /^CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB=http:\/\/127\.0\.0\.1:8085\/ gcloud pubsub topics publish phasegate-start /,
  );
});

it.each([
  [0.4, '0 s'],
  [119, '119 s'],
  [120, '2 min'],
  [7_199, '2 h'],
  [11_100, '3 h 05 min'],
])('%d seconds are told as %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

it.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1536, '1.5 KiB'],
  [2 ** 50, '1024.0 TiB'],
])('%d bytes are told as %s', (bytes, text) => {
  expect(byteSize(bytes)).toBe(text);
});

it('what 10 MiB cost is told as what it is, not as nothing', () => {
  expect([0, usdOf(MINIMUM_BYTES), 0.126].map(dollars)).toEqual([
    'USD 0.00',
    'USD 0.00006',
    'USD 0.13',
  ]);
});
