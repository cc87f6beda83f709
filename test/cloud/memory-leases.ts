import type { LaunchLeases } from '../../shared/adapters/gcp/cloud-run-leases.ts';

export type MemoryLeases = LaunchLeases & Readonly<{ texts: ReadonlyMap<string, string> }>;

/** Leases of one process; each answers a turn of the event loop later, so that instances race. */
export function memoryLeases(): MemoryLeases {
  const texts = new Map<string, string>();
  const versions = new Map<string, number>();
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  const write = (launch: string, text: string) => {
    const version = (versions.get(launch) ?? 0) + 1;
    texts.set(launch, text);
    versions.set(launch, version);
    return String(version);
  };
  return {
    texts,
    async read(launch) {
      await turn();
      const text = texts.get(launch);
      return text === undefined ? null : { text, version: String(versions.get(launch)) };
    },
    async create(launch, text) {
      await turn();
      return texts.has(launch) ? null : write(launch, text);
    },
    async update(launch, text, version) {
      await turn();
      return String(versions.get(launch)) === version ? write(launch, text) : null;
    },
  };
}
