import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');

let known: string | null = null;

/** The package's version and a digest of everything that decides a verdict: `0.1.0+5d41402abc4b`. Equal texts judge equally. */
export function codeVersion(): string {
  known ??= `${versionOf(join(ROOT, 'package.json'))}+${digestOf(join(ROOT, 'shared/core'))}`;
  return known;
}

function versionOf(file: string): string {
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function digestOf(folder: string): string {
  const hash = createHash('sha256');
  for (const file of globSync('**/*.ts', { cwd: folder }).sort()) {
    hash.update(`${file}\n`).update(readFileSync(join(folder, file)));
  }
  return hash.digest('hex').slice(0, 12);
}
