import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { CACHE } from '../../shared/cli/deploy/compile-script.ts';
import { writeSource } from '../../shared/cli/deploy/write-source.ts';
import { installHere, ROOT } from './scratch.ts';

/**
 * Writes the source of functions and builds it as Google does: its packages first, then its script `gcp-build`.
 *
 * @throws Error with what the script printed, when it fails
 */
export function builtSource(out: string, root = ROOT): Readonly<{ source: string; cache: string }> {
  const { packages } = writeSource(root, 'functions/index.ts', out);
  installHere(out, packages);
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  execFileSync('npm', ['run', '--silent', 'gcp-build'], {
    cwd: out,
    env: { PATH, HOME: process.env.HOME },
    stdio: 'pipe',
  });
  return { source: out, cache: join(out, CACHE) };
}

/** What a compile cache holds: each file with its length and when it was written. */
export async function filesOf(cache: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(cache, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name));
  return new Map(
    files.sort().map((file) => {
      const { size, mtimeMs } = statSync(file);
      return [file, `${size} ${mtimeMs}`];
    }),
  );
}
