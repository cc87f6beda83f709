import { type CloudApi, cloudApi } from '../adapters/cloud-api.ts';
import { personIdentity } from '../adapters/gcp/person-identity.ts';
import { CLOUD } from '../core/view/in-world.ts';
import { readApiAddress } from '../edge/api-address.ts';

const known = new Map<string, CloudApi>();

/**
 * The world in the cloud, by its API; null for any other world.
 *
 * @throws PhasegateError `invalid-input` where the environment does not say where it is
 */
export function cloudOf(world: string): CloudApi | null {
  if (world !== CLOUD) return null;
  const address = readApiAddress(process.env);
  const cloud = known.get(address) ?? cloudApi(address, personIdentity());
  known.set(address, cloud);
  return cloud;
}
