import { inSpan, type Spans } from './span.ts';

type Request = Readonly<{
  method: string;
  path: string;
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}>;

/** Answers a request as one span, a child of the caller's where the caller has one. */
export function inRequestSpan<Answer extends Readonly<{ status: number }>>(
  spans: Spans,
  { method, path, headers }: Request,
  answer: () => Promise<Answer>,
): Promise<Answer> {
  const { traceparent } = headers;
  return inSpan(
    spans,
    {
      kind: 'server',
      traceparent: typeof traceparent === 'string' ? traceparent : undefined,
      attributes: { 'http.request.method': method, 'url.path': path, run: runOf(path) },
    },
    async ({ failed, found }) => {
      const answered = await answer();
      found({ 'http.response.status_code': answered.status });
      if (answered.status >= 500) failed(answered.status);
      return answered;
    },
  );
}

function runOf(path: string): string | undefined {
  return /^\/v1\/runs\/([^/:]+)/.exec(path)?.[1];
}
