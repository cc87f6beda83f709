import { PhasegateError } from '../../core/errors.ts';

type LockEntry = Readonly<{
  version?: string;
  license?: string;
  dependencies?: Readonly<Record<string, string>>;
  optionalDependencies?: Readonly<Record<string, string>>;
  peerDependencies?: Readonly<Record<string, string>>;
}>;

/** An npm lock file of version 3, as far as we read it; what we do not read stays as it is. */
export type Lock = Readonly<{
  name: string;
  version: string;
  packages: Readonly<Record<string, LockEntry>>;
}>;

/**
 * The lock of a package that depends on `dependencies` alone: the same packages at the same versions, and none besides.
 *
 * @throws PhasegateError `invalid-input` when the lock lacks one of them
 */
export function prunedLock(lock: Lock, dependencies: Readonly<Record<string, string>>): Lock {
  const kept = new Set<string>();
  const queue = Object.keys(dependencies).map((name) => located(lock, '', name, true));
  for (const path of queue) {
    if (path === null || kept.has(path)) continue;
    kept.add(path);
    const entry = lock.packages[path] ?? {};
    const needed = Object.keys(entry.dependencies ?? {});
    const wanted = [entry.optionalDependencies, entry.peerDependencies].flatMap((each) =>
      Object.keys(each ?? {}),
    );
    queue.push(...needed.map((name) => located(lock, path, name, true)));
    queue.push(...wanted.map((name) => located(lock, path, name, false)));
  }
  const { name, version } = lock;
  const root = { name, version, dependencies };
  const own = Object.entries(lock.packages).filter(([path]) => kept.has(path));
  return { ...lock, packages: { '': root, ...Object.fromEntries(own) } };
}

/** Where Node finds a package from inside another one: the nearest `node_modules` upwards that has it. */
function located(lock: Lock, from: string, name: string, isNeeded: boolean): string | null {
  for (let at: string | null = from; at !== null; at = around(at)) {
    const path = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (path in lock.packages) return path;
  }
  if (!isNeeded) return null;
  throw new PhasegateError('invalid-input', `package-lock.json has no ${name} for ${from || 'us'}`);
}

/** `node_modules/a/node_modules/b` → `node_modules/a` → the root → null. */
function around(path: string): string | null {
  return path === '' ? null : path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/')));
}
