import type { CloudConfig } from '../../edge/cloud-config.ts';
import type { Log } from './log.ts';
import { otlpBody } from './otlp-body.ts';
import { COLLECTOR_MS, postOtlp } from './otlp-post.ts';
import type { SpanAttributes, Spans } from './span.ts';

type Place = Pick<CloudConfig, 'collector' | 'project' | 'environment' | 'version'>;

/**
 * Sends each span by itself, as soon as it is over, by OTLP over HTTP: https://opentelemetry.io/docs/specs/otlp/. A span that the
 * collector did not take is lost, and logged as `span-lost`; it is not sent again.
 *
 * @param name the function's; each span's name
 */
export function otlpSpans(
  place: Place,
  name: string,
  log: Log,
  milliseconds = COLLECTOR_MS,
): Spans {
  const { collector } = place;
  if (collector === null) return async () => undefined;
  const url = `${collector.replace(/\/+$/, '')}/v1/traces`;
  const resource = functionResource(place, name);
  return async (span) => {
    const trouble = await postOtlp(url, otlpBody(resource, name, span), milliseconds);
    if (trouble !== null) log('NOTICE', 'span-lost', trouble.why);
  };
}

/** What all that a function sends says of it. */
export function functionResource(
  { project, environment, version }: Omit<Place, 'collector'>,
  name: string,
): SpanAttributes {
  return {
    'service.namespace': 'phasegate',
    'service.name': name,
    'service.version': version,
    'deployment.environment.name': environment === '' ? undefined : environment,
    'gcp.project_id': project,
  };
}
