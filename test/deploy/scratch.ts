import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'phasegate-'));
}

/** A folder that looks like the project, with files of its own in it. */
export function projectWith(files: Readonly<Record<string, string>>): string {
  const root = emptyFolder();
  for (const name of ['package.json', 'package-lock.json'])
    cpSync(join(ROOT, name), join(root, name));
  symlinkSync(join(ROOT, 'shared'), join(root, 'shared'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

/** Installs packages in a folder, and no others: those that they need stay where they are. */
export function installHere(folder: string, packages: readonly string[]): void {
  for (const name of packages) {
    const place = join(folder, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), place);
  }
}
