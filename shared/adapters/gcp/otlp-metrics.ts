import type { Metric } from '../../core/metrics/metric.ts';
import { attributesOf, nanoseconds } from './otlp-body.ts';
import type { SpanAttributes } from './span.ts';

/** https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto */
const DELTA = 1;

/** Of figures, those that were counted in this time, milliseconds since 1970. */
export type Interval = Readonly<{ from: number; to: number }>;

/** Figures as an `ExportMetricsServiceRequest` in JSON: 64-bit integers as text. */
export function metricsBody(
  resource: SpanAttributes,
  metrics: readonly Metric[],
  { from, to }: Interval,
) {
  const written = metrics.map(({ name, unit, description, kind, points }) => {
    const dataPoints = points.map(({ labels, value }) => ({
      attributes: attributesOf(labels),
      ...(kind === 'counted' ? { startTimeUnixNano: nanoseconds(from) } : {}),
      timeUnixNano: nanoseconds(to),
      asInt: `${value}`,
    }));
    const data =
      kind === 'gauge'
        ? { gauge: { dataPoints } }
        : { sum: { aggregationTemporality: DELTA, isMonotonic: true, dataPoints } };
    return { name, unit, description, ...data };
  });
  return {
    resourceMetrics: [
      {
        resource: { attributes: attributesOf(resource) },
        scopeMetrics: [{ scope: { name: 'phasegate' }, metrics: written }],
      },
    ],
  };
}
