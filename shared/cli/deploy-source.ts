import { globSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PhasegateError } from '../core/errors.ts';
import { writeSource } from './deploy/write-source.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** `deploy-source.ts [--entry FILE] DIR`: writes the source that is deployed to DIR, and its digest to DIR.sha256. */
const { values, positionals } = parseArgs({
  options: { entry: { type: 'string', default: 'functions/index.ts' } },
  allowPositionals: true,
});
const [out, ...rest] = positionals;
if (out === undefined || rest.length > 0) {
  console.error('usage: deploy-source [--entry FILE] DIR');
  process.exit(2);
}
try {
  const written = writeSource(ROOT, values.entry, resolve(out));
  const { files, packages, installed, bytes, sha256 } = written;
  console.log(`${out}: ${files.length} files, ${megabytes(bytes)}; entry ${values.entry}`);
  console.log(`packages: ${packages.join(', ')}`);
  console.log(`with the ${installed.length} packages they need: ${sizeWith(bytes, installed)}`);
  console.log(`sha256 ${sha256}`);
} catch (error) {
  if (!(error instanceof PhasegateError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

/** As they are installed here; packages inside packages count where they are listed. */
function sizeWith(bytes: number, installed: readonly string[]): string {
  const paths = installed.flatMap((path) =>
    globSync('**/*', {
      cwd: join(ROOT, path),
      withFileTypes: true,
      exclude: (each) => each.name === 'node_modules',
    }),
  );
  if (paths.length === 0) return 'not installed here, so nobody counted';
  const files = paths.filter((each) => each.isFile());
  const total = files.reduce((sum, { parentPath, name }) => sum + sizeOf(parentPath, name), bytes);
  return `${files.length} files more, ${megabytes(total)} in all`;
}

function sizeOf(folder: string, name: string): number {
  return statSync(join(folder, name)).size;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
