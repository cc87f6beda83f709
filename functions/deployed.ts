import type { Deployed } from '../shared/adapters/gcp/deployed.ts';

const deployed = new Map<string, Promise<Deployed>>();

/**
 * What this instance does as a function, built at the first use: it listens sooner than it knows everything.
 *
 * @param target the function's name; an instance serves one
 */
export function deployment(target: string): Promise<Deployed> {
  const known =
    deployed.get(target) ??
    import('../shared/adapters/gcp/deployed.ts').then(({ deploy }) => deploy(process.env, target));
  deployed.set(target, known);
  return known;
}
