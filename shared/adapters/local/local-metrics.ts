import { readMetricsUrl } from '../../edge/collector.ts';
import { codeVersion } from '../code-version.ts';
import { type MetricsTeller, metricsTeller } from '../metrics-teller.ts';
import type { LocalWorldOptions } from './local-world.ts';

/**
 * The figures of a local world, and who is told what of them could not be read. Null: no collector is named.
 *
 * @throws PhasegateError `invalid-input` where the environment names no collector that there could be
 */
export function localMetrics({
  environment = {},
  onPage,
}: LocalWorldOptions):
  | (MetricsTeller & Readonly<{ unread: (what: string, error: unknown) => void }>)
  | null {
  const url = readMetricsUrl(environment);
  if (url === null) return null;
  const resource = {
    'service.namespace': 'phasegate',
    'service.name': 'local',
    'service.version': codeVersion(),
  };
  return {
    ...metricsTeller({ url, resource, note: onPage }),
    unread(what, error) {
      onPage(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    },
  };
}
