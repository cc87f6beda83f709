import type { RunStep } from '../core/lineage/run-step.ts';
import type { Metric } from '../core/metrics/metric.ts';
import { ofStates, type Standing } from '../core/metrics/of-states.ts';
import { ofSteps } from '../core/metrics/of-steps.ts';
import type { World } from '../ports/world.ts';
import { metricsBody } from './gcp/otlp-metrics.ts';
import { COLLECTOR_MS, postOtlp } from './gcp/otlp-post.ts';
import type { SpanAttributes } from './gcp/span.ts';

/** Facts that may wait to be counted; what was counted before is lost then, and said to be. */
const WAITING = 5_000;

export type MetricsTeller = Readonly<{
  /** As `World.onFolded`. */
  onFolded: NonNullable<World['onFolded']>;
  /** Sends what was counted since it was last taken, and what stands now, if that is given. Never rejects. */
  send(standing?: Standing): Promise<void>;
}>;

type Told = Readonly<{
  /** With its path `/v1/metrics`. */
  url: string;
  resource: SpanAttributes;
  /** Takes a sentence on what was not sent. */
  note: (message: string) => void;
  milliseconds?: number;
}>;

/** Tells a collector of OpenTelemetry of figures; what it did not take is sent with the next ones, but what it refused for good. */
export function metricsTeller({
  url,
  resource,
  note,
  milliseconds = COLLECTOR_MS,
}: Told): MetricsTeller {
  let waiting: readonly RunStep[] = [];
  let since = Date.now();
  return {
    onFolded(steps) {
      waiting = [...waiting, ...steps];
      if (waiting.length <= WAITING) return;
      note(`the collector took no figures for too long; ${waiting.length} facts not counted`);
      waiting = [];
    },

    async send(standing) {
      const [taken, from] = [waiting, since];
      [waiting, since] = [[], Date.now()];
      const metrics: readonly Metric[] = [
        ...(taken.length === 0 ? [] : ofSteps(taken)),
        ...(standing === undefined ? [] : ofStates(standing)),
      ];
      if (metrics.length === 0) return;
      const body = metricsBody(resource, metrics, { from, to: since });
      const trouble = await postOtlp(url, body, milliseconds);
      if (trouble === null) return;
      if (!trouble.isFinal) [waiting, since] = [[...taken, ...waiting], from];
      note(trouble.why);
    },
  };
}
