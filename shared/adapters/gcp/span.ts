import { randomUUID } from 'node:crypto';
import { PhasegateError } from '../../core/errors.ts';
import { currentTrace, inTrace, type Trace } from './trace.ts';

export type SpanAttributes = Readonly<Record<string, string | number | undefined>>;

/** One piece of a function's work, over and done. Its trace is the one of all that was logged and published meanwhile. */
export type Span = Readonly<{
  trace: Trace;
  /** `consumer` of a message, `server` of a request. */
  kind: 'consumer' | 'server';
  /** Milliseconds since 1970. */
  startedAt: number;
  endedAt: number;
  /** In a word, what went wrong; null where nothing did. What it said is in the logs alone. */
  trouble: string | null;
  attributes: SpanAttributes;
}>;

/** Never rejects, and resolves in a bounded time, whoever is away. */
export type Spans = (span: Span) => Promise<void>;

type Begun = Readonly<{
  kind: Span['kind'];
  /** As it was handed on by what asked for the work. */
  traceparent?: string | undefined;
  /** What the trace is of where nobody handed one on: equal names, one trace. Absent: a trace of its own. */
  message?: string;
  attributes?: SpanAttributes;
}>;

type Noted = Readonly<{
  failed(error: unknown): void;
  found(attributes: SpanAttributes): void;
}>;

/**
 * Does work as one span, which has been kept when this resolves.
 *
 * @param spans undefined: nobody keeps it; what is published meanwhile belongs to its trace all the same
 * @throws what the work throws
 */
export function inSpan<Result>(
  spans: Spans | undefined,
  { kind, traceparent, message = randomUUID(), attributes: given = {} }: Begun,
  work: (noted: Noted) => Promise<Result>,
): Promise<Result> {
  return inTrace({ traceparent, message }, async () => {
    const trace = currentTrace();
    const startedAt = Date.now();
    let trouble: string | null = null;
    let attributes = given;
    const failed = (error: unknown) => {
      trouble = wordOf(error);
    };
    const found = (more: SpanAttributes) => {
      attributes = { ...attributes, ...more };
    };
    try {
      return await work({ failed, found });
    } catch (error) {
      failed(error);
      throw error;
    } finally {
      if (trace !== null) {
        await spans?.({ trace, kind, startedAt, endedAt: Date.now(), trouble, attributes });
      }
    }
  });
}

function wordOf(error: unknown): string {
  if (error instanceof PhasegateError) return error.kind;
  return error instanceof Error ? error.name : String(error);
}
