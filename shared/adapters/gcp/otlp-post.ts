/** How long a function waits for the collector before it answers: its CPU may be taken away once it has. */
export const COLLECTOR_MS = 1_000;

/**
 * Sends one message of OTLP over HTTP, once: https://opentelemetry.io/docs/specs/otlp/. Never rejects.
 *
 * @returns why the collector did not take it, without its address; null: it did
 */
export async function postOtlp(
  url: string,
  body: unknown,
  milliseconds: number,
): Promise<string | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(milliseconds),
    });
    await response.arrayBuffer();
    return response.ok ? null : `the collector answered ${response.status}`;
  } catch (error) {
    return `the collector did not answer: ${wordOf(error)}`;
  }
}

/** `ECONNREFUSED`, `TimeoutError`; never the address. */
function wordOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}
