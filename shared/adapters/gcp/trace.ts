import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash, randomBytes } from 'node:crypto';

/** Where one piece of work belongs, across functions: W3C Trace Context, https://www.w3.org/TR/trace-context/. */
export type Trace = Readonly<{
  traceId: string;
  spanId: string;
  /** Of what asked for this work; null where the trace begins. */
  parentSpanId: string | null;
}>;

const current = new AsyncLocalStorage<Trace>();
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}$/;

/**
 * Does the work as a part of the trace that the attribute names, or where it names none, of the one that begins with this
 * message: every delivery of it belongs to the same trace.
 */
export function inTrace<Result>(
  { traceparent, message }: Readonly<{ traceparent: string | undefined; message: string }>,
  work: () => Result,
): Result {
  const [, traceId = firstOf(message), parentSpanId = null] =
    TRACEPARENT.exec(traceparent ?? '') ?? [];
  return current.run({ traceId, parentSpanId, spanId: randomBytes(8).toString('hex') }, work);
}

/** Null outside `inTrace`. */
export function currentTrace(): Trace | null {
  return current.getStore() ?? null;
}

/** As an attribute of a message, or a header: what handles it belongs to the same trace. */
export function traceparentOf({ traceId, spanId }: Trace): string {
  return `00-${traceId}-${spanId}-01`;
}

function firstOf(message: string): string {
  return createHash('sha256').update(message).digest('hex').slice(0, 32);
}
