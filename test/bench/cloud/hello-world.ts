import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const HELLO = [
  "import { cloudEvent } from '@google-cloud/functions-framework';",
  '',
  "cloudEvent('hello', () => console.log('hello'));",
  '',
].join('\n');

/** Writes functions-framework's hello world, with the same framework as ours. @returns its file */
export function writeHelloWorld(directory: string): string {
  const file = join(directory, 'index.js');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ type: 'module' }));
  writeFileSync(file, HELLO);
  const packages = join(directory, 'node_modules');
  if (!existsSync(packages)) symlinkSync(resolve('node_modules'), packages);
  return file;
}
