import type { CloudConfig } from '../../edge/cloud-config.ts';
import type { Log } from './log.ts';
import { otlpBody } from './otlp-body.ts';
import type { Spans } from './span.ts';

/** How long a function waits for the collector before it answers: its CPU may be taken away once it has. */
const COLLECTOR_MS = 1_000;

type Place = Pick<CloudConfig, 'collector' | 'project' | 'environment' | 'version'>;

/**
 * Sends each span by itself, as soon as it is over, by OTLP over HTTP: https://opentelemetry.io/docs/specs/otlp/. A span that the
 * collector did not take is lost, and logged as `span-lost`; it is not sent again.
 *
 * @param name the function's; each span's name
 */
export function otlpSpans(
  { collector, project, environment, version }: Place,
  name: string,
  log: Log,
  milliseconds = COLLECTOR_MS,
): Spans {
  if (collector === null) return async () => undefined;
  const url = `${collector.replace(/\/+$/, '')}/v1/traces`;
  const resource = {
    'service.namespace': 'phasegate',
    'service.name': name,
    'service.version': version,
    'deployment.environment.name': environment === '' ? undefined : environment,
    'gcp.project_id': project,
  };
  return async (span) => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(otlpBody(resource, name, span)),
        redirect: 'error',
        signal: AbortSignal.timeout(milliseconds),
      });
      await response.arrayBuffer();
      if (!response.ok) log('NOTICE', 'span-lost', `the collector answered ${response.status}`);
    } catch (error) {
      log('NOTICE', 'span-lost', `the collector took no span: ${wordOf(error)}`);
    }
  };
}

/** `ECONNREFUSED`, `TimeoutError`; never the address. */
function wordOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}
