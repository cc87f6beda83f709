import { parseLaunchId } from '../core/ids.ts';
import { readClaim } from '../edge/claim.ts';
import { claimLaunch } from '../shell/claim-launch.ts';
import { ok, type Route } from './api-route.ts';

/** What jobs ask: whose a launch is, and the definition that their run is pinned to. */
export const JOB_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/v1\/canary$/,
    right: 'mayClaim',
    answer: async () => ok({ canary: 'alive' }),
  },
  {
    method: 'POST',
    path: /^\/v1\/launches\/([^/:]+):claim$/,
    right: 'mayClaim',
    async answer(place, [launch = ''], { body }) {
      const { execution } = readClaim(body);
      return ok({ execution: await claimLaunch(place, parseLaunchId(launch), execution) });
    },
  },
  {
    method: 'GET',
    path: /^\/v1\/definitions\/([0-9a-f]{16})$/,
    right: 'mayClaim',
    answer: async ({ runs }, [hash = '']) => ok(JSON.parse(await runs.loadDefinition(hash))),
  },
];
