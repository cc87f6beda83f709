import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** What reads the facts, asks for them, gets them and judges them. */
export const DECIDING = 'shared/{core,edge,shell,sql}/**/*.ts';

let known: string | null = null;

/** The package's version and a digest of everything that decides a verdict: `0.1.0+5d41402abc4b`. Equal texts judge equally. */
export function codeVersion(): string {
  known ??= codeVersionOf(ROOT);
  return known;
}

/** The code version of the package in this folder. */
export function codeVersionOf(root: string): string {
  return `${versionOf(join(root, 'package.json'))}+${digestOf(root)}`;
}

function versionOf(file: string): string {
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function digestOf(root: string): string {
  const hash = createHash('sha256');
  for (const file of globSync(DECIDING, { cwd: root }).sort()) {
    hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex').slice(0, 12);
}
