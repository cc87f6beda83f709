import { z } from 'zod';
import { deadTopicName, topicName } from '../../core/cloud-names.ts';
import { PhasegateError } from '../../core/errors.ts';
import { TOPICS } from '../../ports/bus.ts';
import type { DeadCount } from '../../ports/dead-count.ts';

export type UndeliveredPlace = Readonly<{
  project: string;
  /** The suffix of names, without its dash; empty: names have none. */
  environment: string;
  /** A server that stands in for Cloud Monitoring; null: Google's. */
  endpoint: string | null;
  now: () => string;
  /** How long to wait for an answer; absent means 20 seconds. */
  answerMilliseconds?: number;
}>;

const ANSWER_MS = 20_000;
const METRIC = 'pubsub.googleapis.com/subscription/num_undelivered_messages';
const DAY_MS = 86_400_000;
/** As long as Pub/Sub keeps a dead letter: a subscription without a figure in this time had none. */
const KEPT_DAYS = 31;

const answer = z.object({
  timeSeries: z
    .array(
      z.object({
        resource: z.object({ labels: z.object({ subscription_id: z.string() }) }),
        points: z.array(z.object({ value: z.object({ int64Value: z.coerce.number() }) })),
      }),
    )
    .default([]),
});

/**
 * How many messages wait in the subscriptions of dead letters, as Cloud Monitoring counts them: some minutes late, and
 * without a cause. A quiet subscription has no figure at times; that there are figures at all is seen in the one by which
 * monitors are called.
 */
export function undelivered({ project, environment, ...place }: UndeliveredPlace): DeadCount {
  const { endpoint, now, answerMilliseconds = ANSWER_MS } = place;
  return {
    async piles() {
      const calls = topicName('phasegate-monitor-due', environment);
      const dead = new Map(TOPICS.map((topic) => [deadTopicName(topic, environment), topic]));
      const names = [calls, ...dead.keys()].map((name) => JSON.stringify(name)).join(', ');
      const until = now();
      const query = new URLSearchParams({
        filter: `metric.type = "${METRIC}" AND resource.labels.subscription_id = one_of(${names})`,
        'interval.startTime': new Date(Date.parse(until) - KEPT_DAYS * DAY_MS).toISOString(),
        'interval.endTime': until,
        'aggregation.alignmentPeriod': '86400s',
        'aggregation.perSeriesAligner': 'ALIGN_NEXT_OLDER',
      });
      const base = endpoint ?? 'https://monitoring.googleapis.com';
      const url = `${base}/v3/projects/${project}/timeSeries?${query}`;
      const body = await asked(url, endpoint === null, answerMilliseconds);
      const { timeSeries } = answer.parse(body);
      const last = new Map(
        timeSeries.map(({ resource, points }) => [
          resource.labels.subscription_id,
          points[0]?.value.int64Value,
        ]),
      );
      if (last.get(calls) === undefined) {
        const message = `Cloud Monitoring has no figure of subscription ${calls}, which called this monitor, so nobody knows how many dead letters wait`;
        throw new PhasegateError('not-found', message);
      }
      return [...dead].flatMap(([subscription, topic]) => {
        const messages = last.get(subscription) ?? 0;
        if (messages === 0) return [];
        const next = `gcloud pubsub subscriptions pull ${subscription} --limit=10 --project=${project} says why; the trouble mended, publish the bodies to ${topicName(topic, environment)} again`;
        return { topic, messages, cause: null, reason: null, since: null, next };
      });
    },
  };
}

async function asked(url: string, isGoogle: boolean, milliseconds: number): Promise<unknown> {
  let response: Response;
  try {
    const headers = isGoogle ? await ownHeaders(url) : {};
    response = await fetch(url, { headers, signal: AbortSignal.timeout(milliseconds) });
    if (response.ok) return await response.json();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PhasegateError('unavailable', `Cloud Monitoring: ${why}`, error);
  }
  const isLasting = response.status >= 400 && response.status < 500 && response.status !== 429;
  const kind = isLasting ? 'invalid-input' : 'unavailable';
  throw new PhasegateError(kind, `Cloud Monitoring answered ${response.status}`);
}

async function ownHeaders(url: string): Promise<Headers> {
  const { GoogleAuth } = await import('google-auth-library');
  const scopes = ['https://www.googleapis.com/auth/monitoring.read'];
  return new GoogleAuth({ scopes }).getRequestHeaders(url);
}
