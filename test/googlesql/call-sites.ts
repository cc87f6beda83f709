import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const CALL = /\b(?:warehouse|reader)\s*\.\s*(?=(?:query|write|dryRun|replaceView)\s*\()/g;
const TEXT = /(?<=['"`])(?:SELECT|WITH|MERGE|INSERT|UPDATE|DELETE|CREATE|DROP)\s/g;

/**
 * Every line that hands GoogleSQL to a warehouse, as `shared/shell/read-history.ts:15`: calls in the
 * shell, and texts written in the command line and in the BigQuery adapter.
 */
export function callSites(): readonly string[] {
  const inFiles = (glob: string, pattern: RegExp) =>
    globSync(glob, { cwd: ROOT }).flatMap((file) => placesOf(file, pattern));
  return [
    ...inFiles('shared/shell/**/*.ts', CALL),
    ...inFiles('shared/cli/**/*.ts', TEXT),
    ...inFiles('shared/adapters/gcp/**/*.ts', TEXT),
  ].sort();
}

function placesOf(file: string, pattern: RegExp): readonly string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => {
    const line = text.slice(0, index + found.length).split('\n').length;
    return `${file}:${line}`;
  });
}
