/** How long a function waits for the collector before it answers: its CPU may be taken away once it has. */
export const COLLECTOR_MS = 1_000;

/** https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes: any other answer is for good. */
const COMES_AGAIN = [429, 502, 503, 504];

/** Why a collector did not take a message, without its address; `isFinal`: it would not take it a second time either. */
export type NotTaken = Readonly<{ why: string; isFinal: boolean }>;

/**
 * Sends one message of OTLP over HTTP, once: https://opentelemetry.io/docs/specs/otlp/. Never rejects.
 *
 * @returns null when the collector took it
 */
export async function postOtlp(
  url: string,
  body: unknown,
  milliseconds: number,
): Promise<NotTaken | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(milliseconds),
    });
    await response.arrayBuffer();
    if (response.ok) return null;
    const isFinal = !COMES_AGAIN.includes(response.status);
    return { why: `the collector answered ${response.status}`, isFinal };
  } catch (error) {
    return { why: `the collector did not answer: ${wordOf(error)}`, isFinal: false };
  }
}

/** `ECONNREFUSED`, `TimeoutError`; never the address. */
function wordOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}
