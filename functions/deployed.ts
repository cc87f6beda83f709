import type { Deployed } from '../shared/adapters/gcp/deployed.ts';

let deployed: Promise<Deployed> | null = null;

/** What this instance does, built at the first use: it listens sooner than it knows everything. */
export function deployment(): Promise<Deployed> {
  deployed ??= import('../shared/adapters/gcp/deployed.ts').then(({ deploy }) =>
    deploy(process.env, process.env.FUNCTION_TARGET ?? ''),
  );
  return deployed;
}
