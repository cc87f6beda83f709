import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { undelivered } from '../../shared/adapters/gcp/undelivered.ts';
import { close, listening } from './pushed.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of closing.splice(0)) await end();
});

const CALLS = { 'phasegate-monitor-due-prod': 0 };

/** As much of Cloud Monitoring as is asked: the last figure of each subscription that is named. */
async function counting(figures: Readonly<Record<string, number>>, status = 200) {
  const asked: URL[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    asked.push(url);
    const [, names = ''] = /one_of\((.*)\)$/.exec(url.searchParams.get('filter') ?? '') ?? [];
    const timeSeries = Object.entries(figures)
      .filter(([name]) => names.includes(JSON.stringify(name)))
      .map(([name, figure]) => ({
        resource: { type: 'pubsub_subscription', labels: { subscription_id: name } },
        points: [figure, 99].map((each) => ({ value: { int64Value: String(each) } })),
      }));
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(timeSeries.length === 0 ? {} : { timeSeries }));
  });
  const endpoint = await listening(server);
  closing.push(() => close(server));
  const now = () => '2026-01-31T12:00:00.000Z';
  return { dead: undelivered({ project: 'p', environment: 'prod', endpoint, now }), asked };
}

describe('dead letters in the cloud', () => {
  it('are counted by topic, as they were last, and say how to see them', async () => {
    const { dead, asked } = await counting({
      ...CALLS,
      'phasegate-start-dead-prod': 3,
      'phasegate-alerts-dead-prod': 0,
      'phasegate-start-dead-test': 7,
    });
    expect(await dead.piles()).toMatchObject([
      {
        topic: 'phasegate-start',
        messages: 3,
        next: expect.stringContaining(
          'gcloud pubsub subscriptions pull phasegate-start-dead-prod --limit=10 --project=p',
        ),
      },
    ]);
    expect(asked[0]?.pathname).toBe('/v3/projects/p/timeSeries');
    expect(asked[0]?.searchParams.get('interval.startTime')).toBe('2025-12-31T12:00:00.000Z');
  });

  it('are none where the subscriptions are quiet and others have figures', async () => {
    expect(await (await counting(CALLS)).dead.piles()).toEqual([]);
  });

  it('are not known where there is no figure at all, which is not none', async () => {
    await expect((await counting({})).dead.piles()).rejects.toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining('nobody knows how many dead letters wait'),
    });
  });

  it.each([
    [403, 'invalid-input'],
    [429, 'unavailable'],
    [503, 'unavailable'],
  ])('are not known where Cloud Monitoring answers %i', async (status, kind) => {
    await expect((await counting(CALLS, status)).dead.piles()).rejects.toMatchObject({ kind });
  });
});
