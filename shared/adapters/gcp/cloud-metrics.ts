import type { CloudConfig } from '../../edge/cloud-config.ts';
import { readMetricsUrl } from '../../edge/collector.ts';
import { type MetricsTeller, metricsTeller } from '../metrics-teller.ts';
import type { Log } from './log.ts';
import { functionResource } from './otlp-spans.ts';

/**
 * The figures of one function; what the collector did not take is logged as `metrics-lost`. Null: no collector is named.
 *
 * @throws PhasegateError `invalid-input` where the environment names no collector that there could be
 */
export function cloudMetrics(
  environment: Readonly<Record<string, string | undefined>>,
  config: CloudConfig,
  name: string,
  log: Log,
): MetricsTeller | null {
  const url = readMetricsUrl(environment);
  if (url === null) return null;
  const note = (message: string) => log('NOTICE', 'metrics-lost', message);
  return metricsTeller({ url, resource: functionResource(config, name), note });
}
