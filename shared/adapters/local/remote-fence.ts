import { PhasegateError } from '../../core/errors.ts';
import type { LaunchId } from '../../core/ids.ts';
import { readClaim } from '../../edge/claim.ts';

const ANSWER_MS = 30_000;

/**
 * Claims a launch for an execution at the orchestrator's API, each time it is called.
 *
 * @returns whether that execution has the launch
 * @throws PhasegateError `unavailable` when nobody answers: then nobody knows who has it
 */
export function remoteFence(
  api: string,
  launch: LaunchId,
  execution: string,
): () => Promise<boolean> {
  return async () => {
    try {
      const response = await fetch(`${api}/v1/launches/${launch}:claim`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ execution }),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${response.status} ${text.slice(0, 500)}`);
      return readClaim(text).execution === execution;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const message = `launch ${launch} could not be claimed at ${api}: ${why}`;
      throw new PhasegateError('unavailable', message, error);
    }
  };
}
