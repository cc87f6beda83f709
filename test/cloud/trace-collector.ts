import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { type Figures, figuresSchema } from './metrics-schema.ts';
import { close, listening } from './pushed.ts';

const attribute = z.strictObject({
  key: z.string().min(1),
  value: z.union([
    z.strictObject({ stringValue: z.string() }),
    z.strictObject({ intValue: z.string().regex(/^-?\d+$/) }),
  ]),
});
const attributes = z
  .array(attribute)
  .transform((all) =>
    Object.fromEntries(all.map(({ key, value }) => [key, Object.values(value).join()])),
  );
const nanoseconds = z.string().regex(/^\d{19}$/);
const span = z.strictObject({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
  name: z.string().min(1),
  kind: z.int().min(1).max(5),
  startTimeUnixNano: nanoseconds,
  endTimeUnixNano: nanoseconds,
  attributes,
  status: z.strictObject({ code: z.int().min(0).max(2), message: z.string().optional() }),
});
/** What is sent here of https://github.com/open-telemetry/opentelemetry-proto, and nothing else. */
const exported = z.strictObject({
  resourceSpans: z.array(
    z.strictObject({
      resource: z.strictObject({ attributes }),
      scopeSpans: z.array(
        z.strictObject({ scope: z.strictObject({ name: z.string() }), spans: z.array(span) }),
      ),
    }),
  ),
});

export type CollectedSpan = z.output<typeof span> & Readonly<{ resource: Record<string, string> }>;

/** A collector of OpenTelemetry that keeps every span and figure, and answers 400 to what is no OTLP in JSON. */
export async function openCollector() {
  const spans: CollectedSpan[] = [];
  const figures: Figures[] = [];
  const told: string[] = [];
  let answers: number | null = 200;
  const server = createServer(async (request, response) => {
    const body = await json(request);
    told.push(JSON.stringify([request.method, request.url, request.headers, body]));
    const read = exported.safeParse(body);
    const isAsked = request.method === 'POST' && request.url === '/v1/traces';
    if (answers === null) return;
    if (request.method === 'POST' && request.url === '/v1/metrics') {
      const found = figuresSchema.safeParse(body);
      if (answers === 200 && found.success) figures.push(found.data);
      return response.writeHead(found.success ? answers : 400).end('{}');
    }
    if (!isAsked || !read.success) return response.writeHead(400).end('{}');
    for (const { resource, scopeSpans } of read.data.resourceSpans) {
      const found = scopeSpans.flatMap((scope) => scope.spans);
      spans.push(...found.map((each) => ({ ...each, resource: resource.attributes })));
    }
    response.writeHead(answers, { 'content-type': 'application/json' }).end('{}');
  });
  const url = await listening(server);
  return {
    url,
    spans,
    /** Of each message that it took, by name and labels. */
    figures,
    /** All it was ever told, addresses and headers included. */
    told: () => told.join('\n'),
    /** What it answers from now on; null: nothing, ever. */
    answer(status: number | null) {
      answers = status;
    },
    close: () => close(server),
  };
}

export type Collector = Awaited<ReturnType<typeof openCollector>>;
