import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lineageTeller } from '../../shared/adapters/lineage/lineage-teller.ts';
import { runSteps } from '../../shared/core/lineage/run-steps.ts';
import { readLineageTarget, uuidIn } from '../../shared/edge/lineage-target.ts';
import { freePort } from '../cloud/free-port.ts';
import { pipelineOf, table } from '../core/build.ts';
import { requestedRun } from '../core/requested-run.ts';
import { openReceiver } from '../e2e/lineage-receiver.ts';

const KEY = 'hunter2-of-tellers';
const pipeline = pipelineOf(table('a.one'));
const steps = runSteps(pipeline, [requestedRun(pipeline)]);
const place = { namespace: 'phasegate', project: 'local', uuidOf: uuidIn('phasegate') };

describe('who tells of lineage', () => {
  let receiver: Awaited<ReturnType<typeof openReceiver>>;
  let noted: string[] = [];
  beforeEach(async () => {
    noted = [];
    receiver = await openReceiver(KEY);
    return () => receiver.close();
  });
  const tellerTo = (url: string, more: Readonly<Record<string, string>> = {}, restMs = 0) => {
    const environment = { OPENLINEAGE_URL: url, OPENLINEAGE_API_KEY: KEY, ...more };
    const teller = lineageTeller({
      place,
      target: readLineageTarget(environment, 'phasegate'),
      pipelineOf: async () => pipeline,
      evidenceOf: async () => null,
      note: (message) => void noted.push(message),
      patience: { tries: 3, answerMs: 5_000, pauseMs: 1 },
      restMs,
    });
    if (teller === null) throw new Error('nobody is told');
    return teller;
  };
  afterEach(() => expect(noted.join('\n')).not.toContain(KEY));

  it('asks again where the receiver is away for a moment, and says nothing then', async () => {
    receiver.answerNext(503, 429);
    const { onFolded, settled } = tellerTo(receiver.url);
    onFolded(steps);
    await settled();
    expect(receiver.events.map(({ eventType }) => eventType)).toEqual(['START']);
    expect(noted).toEqual([]);
  });

  it('says what was lost after three times, and goes on with what comes then', async () => {
    receiver.answerNext(500, 500, 500);
    const { onFolded, settled } = tellerTo(receiver.url);
    onFolded(steps);
    onFolded(steps);
    await settled();
    expect(noted).toEqual(['the receiver answered 500; 1 event of lineage lost']);
    expect(receiver.events).toHaveLength(1);
  });

  it('asks once only where the receiver refuses the event itself', async () => {
    const { onFolded, settled } = tellerTo(receiver.url, { OPENLINEAGE_ENDPOINT: '/elsewhere' });
    onFolded(steps);
    await settled();
    expect(noted).toEqual(['the receiver answered 422; 1 event of lineage lost']);
    expect(receiver.refused).toHaveLength(1);
  });

  it('does not ask a receiver that was away for each fact, and counts what it did not hear', async () => {
    receiver.answerNext(500, 500, 500);
    const { onFolded, settled } = tellerTo(receiver.url, {}, 60_000);
    onFolded(steps);
    onFolded(steps);
    await settled();
    const lost = 'the receiver answered 500; 1 event of lineage lost';
    expect(noted).toEqual([lost, lost]);
    expect(receiver.events).toEqual([]);
  });

  it('neither throws nor says where the receiver is, where nobody is there', async () => {
    const port = await freePort();
    const { onFolded, settled } = tellerTo(`http://127.0.0.1:${port}`);
    expect(() => onFolded(steps)).not.toThrow();
    await settled();
    expect(noted).toEqual(['the receiver did not answer: ECONNREFUSED; 1 event of lineage lost']);
  });

  it('keeps no more than 500 facts for a receiver that is slower than they come', async () => {
    const { onFolded, settled } = tellerTo(receiver.url);
    onFolded(Array.from({ length: 500 }, () => ({ ...steps[0]!, before: steps[0]!.after })));
    onFolded(steps);
    await settled();
    expect(noted).toEqual(['the receiver is too slow; 1 fact not told']);
  });
});

it.each([
  ['OPENLINEAGE_URL', 'marquez'],
  ['OPENLINEAGE_URL', `https://ana:${KEY}@marquez.example.com`],
  ['OPENLINEAGE_ENDPOINT', `v1?key=${KEY}`],
  ['OPENLINEAGE_API_KEY', `${KEY}\nx: y`],
])('%s=%j is refused by its name, and not repeated', (name, value) => {
  const read = () => readLineageTarget({ [name]: value }, 'phasegate');
  expect(read).toThrow(name);
  expect(read).not.toThrow(KEY);
});
