import { describe, expect, it } from 'vitest';
import { type Lock, prunedLock } from '../../shared/cli/deploy/prune-lock.ts';

const lock: Lock = {
  name: 'ours',
  version: '1.0.0',
  packages: {
    '': { dependencies: { a: '1', b: '1', local: '1' } },
    'node_modules/a': {
      version: '1.0.0',
      dependencies: { b: '2' },
      optionalDependencies: { fast: '1', 'not-for-this-system': '1' },
      peerDependencies: { host: '1' },
    },
    'node_modules/a/node_modules/b': { version: '2.0.0', dependencies: { c: '1' } },
    'node_modules/b': { version: '1.0.0' },
    'node_modules/c': { version: '1.0.0', dependencies: { a: '1' } },
    'node_modules/fast': { version: '1.0.0' },
    'node_modules/host': { version: '1.0.0' },
    'node_modules/local': { version: '1.0.0', dependencies: { engine: '1' } },
    'node_modules/engine': { version: '1.0.0' },
  },
};
const pathsFor = (...names: readonly string[]) => {
  const dependencies = Object.fromEntries(names.map((name) => [name, '1']));
  return Object.keys(prunedLock(lock, dependencies).packages).sort();
};

describe('a lock for fewer packages', () => {
  it('keeps what they need, where Node finds it, what is optional and there, and what they expect beside them', () => {
    expect(pathsFor('a')).toEqual([
      '',
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/c',
      'node_modules/fast',
      'node_modules/host',
    ]);
  });

  it('takes the nearest of two versions', () => {
    expect(pathsFor('b')).toEqual(['', 'node_modules/b']);
  });

  it('says of itself only what it still depends on', () => {
    const root = prunedLock(lock, { b: '1' }).packages[''];
    expect(root).toEqual({ name: 'ours', version: '1.0.0', dependencies: { b: '1' } });
  });

  it('is refused for a package that the lock has not', () => {
    expect(() => prunedLock(lock, { gone: '1' })).toThrow(/package-lock.json has no gone/);
  });
});
