import type { Span, SpanAttributes } from './span.ts';

/** https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto */
const KIND = { server: 2, consumer: 5 } as const;
const STATUS_UNSET = 0;
const STATUS_ERROR = 2;

/** One span as an `ExportTraceServiceRequest` in JSON: ids as hexadecimal, 64-bit integers as text. */
export function otlpBody(resource: SpanAttributes, name: string, span: Span) {
  const { traceId, spanId, parentSpanId } = span.trace;
  const { trouble } = span;
  const written = {
    traceId,
    spanId,
    ...(parentSpanId === null ? {} : { parentSpanId }),
    name,
    kind: KIND[span.kind],
    startTimeUnixNano: nanoseconds(span.startedAt),
    endTimeUnixNano: nanoseconds(span.endedAt),
    attributes: attributesOf({ ...span.attributes, 'error.type': trouble ?? undefined }),
    status: trouble === null ? { code: STATUS_UNSET } : { code: STATUS_ERROR, message: trouble },
  };
  return {
    resourceSpans: [
      {
        resource: { attributes: attributesOf(resource) },
        scopeSpans: [{ scope: { name: 'phasegate' }, spans: [written] }],
      },
    ],
  };
}

export function nanoseconds(milliseconds: number): string {
  return `${milliseconds}000000`;
}

export function attributesOf(attributes: SpanAttributes) {
  return Object.entries(attributes).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const written = typeof value === 'number' ? { intValue: `${value}` } : { stringValue: value };
    return [{ key, value: written }];
  });
}
