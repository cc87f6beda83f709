import type { LineageEvent } from '../../core/lineage/lineage-event.ts';
import type { LineageTarget } from '../../edge/lineage-target.ts';

/** What became of the events: how many the receiver took, and why it did not take all; null: it did. */
export type Sent = Readonly<{ taken: number; trouble: string | null; isAway: boolean }>;

export type Patience = Readonly<{ tries: number; answerMs: number; pauseMs: number }>;

/** A receiver that is away costs seven seconds at the most, whatever there is to tell. */
export const PATIENCE: Patience = { tries: 3, answerMs: 2_000, pauseMs: 250 };

/** What passes by itself: too many calls, and trouble of the receiver's own. */
const PASSES = [408, 425, 429, 500, 502, 503, 504];

/**
 * Sends events in their order, one by one, as OpenLineage's clients do. One that the receiver refuses for itself does not keep
 * the others from it; where nobody answers, after some tries, the rest is not tried. Never throws, and tells no secret.
 */
export async function sendEvents(
  { url, apiKey }: LineageTarget,
  events: readonly LineageEvent[],
  patience: Patience = PATIENCE,
): Promise<Sent> {
  let taken = 0;
  let trouble: string | null = null;
  if (url === null) return { taken, trouble: 'no receiver is named', isAway: true };
  for (const event of events) {
    const answer = await posted(url, apiKey, event, patience);
    if (answer === 'taken') {
      taken++;
      continue;
    }
    trouble = answer.trouble;
    if (answer.isAway) return { taken, trouble, isAway: true };
  }
  return { taken, trouble, isAway: false };
}

type Answer = 'taken' | Readonly<{ trouble: string; isAway: boolean }>;

async function posted(
  url: string,
  apiKey: string | null,
  event: LineageEvent,
  { tries, answerMs, pauseMs }: Patience,
): Promise<Answer> {
  let trouble = '';
  for (let attempt = 1; attempt <= tries; attempt++) {
    if (attempt > 1) await new Promise((done) => setTimeout(done, pauseMs));
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
        },
        body: JSON.stringify(event),
        redirect: 'error',
        signal: AbortSignal.timeout(answerMs),
      });
      await response.arrayBuffer();
      if (response.ok) return 'taken';
      trouble = `the receiver answered ${response.status}`;
      if (!PASSES.includes(response.status)) return { trouble, isAway: false };
    } catch (error) {
      trouble = `the receiver did not answer: ${wordOf(error)}`;
    }
  }
  return { trouble, isAway: true };
}

/** `ECONNREFUSED`, `TimeoutError`; never the address. */
function wordOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}
