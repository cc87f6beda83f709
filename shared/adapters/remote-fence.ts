import { PhasegateError } from '../core/errors.ts';
import type { LaunchId } from '../core/ids.ts';
import { readClaim } from '../edge/claim.ts';
import type { ApiClient } from './api-client.ts';

/**
 * Claims a launch for an execution at the orchestrator's API, each time it is called.
 *
 * @returns whether that execution has the launch
 * @throws PhasegateError `unavailable` when nobody answers: then nobody knows who has it
 */
export function remoteFence(
  api: ApiClient,
  launch: LaunchId,
  execution: string,
): () => Promise<boolean> {
  return async () => {
    try {
      const answer = await api('POST', `/v1/launches/${launch}:claim`, { execution });
      return readClaim(answer).execution === execution;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const message = `launch ${launch} could not be claimed: ${why}`;
      throw new PhasegateError('unavailable', message, error);
    }
  };
}
