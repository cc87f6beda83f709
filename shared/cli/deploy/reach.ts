import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { PhasegateError } from '../../core/errors.ts';
import { importsOf, importsUnknown, packageOf } from './imports.ts';

/** What a file needs to run. Each file and each package comes with the way that leads to it, the entry first. */
export type Reach = Readonly<{
  files: ReadonlyMap<string, readonly string[]>;
  packages: ReadonlyMap<string, readonly string[]>;
  /** What is imported of packages, by the names that the files use. */
  imported: ReadonlySet<string>;
}>;

/**
 * Follows the imports of files, dynamic ones included.
 *
 * @param root folder that all paths are relative to
 * @throws PhasegateError `invalid-input` naming the way to a file that is not there, or to an import that cannot be followed
 */
export function reachFrom(root: string, entries: readonly string[]): Reach {
  const files = new Map<string, readonly string[]>(entries.map((entry) => [entry, [entry]]));
  const packages = new Map<string, readonly string[]>();
  const imported = new Set<string>();
  for (const [file, way] of files) {
    if (!existsSync(join(root, file))) throw refusal('is not there', way);
    const source = readFileSync(join(root, file), 'utf8');
    if (importsUnknown(source)) throw refusal('imports what only it knows', way);
    for (const specifier of importsOf(source)) {
      const own = packageOf(specifier);
      if (own !== null) imported.add(specifier);
      if (own !== null && !packages.has(own)) packages.set(own, [...way, specifier]);
      if (!specifier.startsWith('.')) continue;
      const target = posix.join(posix.dirname(file), specifier);
      if (!files.has(target)) files.set(target, [...way, target]);
    }
  }
  return { files, packages, imported };
}

function refusal(what: string, way: readonly string[]): PhasegateError {
  return new PhasegateError(
    'invalid-input',
    `${way.at(-1)} ${what}; it is reached by ${told(way)}`,
  );
}

export function told(way: readonly string[]): string {
  return way.join(' → ');
}
