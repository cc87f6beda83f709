import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DECIDING } from '../../adapters/code-version.ts';
import { PhasegateError } from '../../core/errors.ts';
import { CACHE_SCRIPT, compileScript, FRAMEWORK } from './compile-script.ts';
import { type Lock, prunedLock } from './prune-lock.ts';
import { type Reach, reachFrom, told } from './reach.ts';

const PIPELINES = 'shared/pipelines/**/*.{yaml,json,sql}';
/** What has no business in the cloud. */
const LOCAL_FILES = /^(?:test|docs)\/|^shared\/(?:adapters\/local|league)\//;
const LOCAL_PACKAGES = /^@duckdb\/|^@polyglot-sql\//;

export type Written = Readonly<{
  files: readonly string[];
  /** Of the files, without packages. */
  bytes: number;
  packages: readonly string[];
  /** The lock's paths of all packages, those that packages bring with them included. */
  installed: readonly string[];
  /** Of all files: equal for equal sources. */
  sha256: string;
}>;

type Manifest = Readonly<{
  name: string;
  version: string;
  license: string;
  dependencies: Readonly<Record<string, string>>;
}>;

/**
 * Writes what one entry file needs to run in the cloud, all that a code version is a digest of, its package.json with a lock of
 * just its packages, and beside the folder `OUT.sha256`. A folder that was written before is replaced. A source of functions
 * also has the script `gcp-build`, which Google runs when it builds them: it fills their compile cache.
 *
 * @param root folder of the project
 * @param entry path from `root`; the written package's `main`
 * @throws PhasegateError `invalid-input` when the entry reaches a file or a package that has no business in the cloud,
 *   naming the way to it; when the folder holds what was not written here. Nothing is written then.
 */
export function writeSource(root: string, entry: string, out: string): Written {
  const reach = reachFrom(root, [entry, ...globSync(DECIDING, { cwd: root }).sort()]);
  const manifest = readJson<Manifest>(join(root, 'package.json'));
  const dependencies = dependenciesOf(reach, manifest.dependencies);
  refuseLocal(reach);
  const files = [...reach.files.keys(), ...globSync(PIPELINES, { cwd: root })].sort();
  refuseStrange(out);
  rmSync(out, { recursive: true, force: true });
  for (const file of files) {
    mkdirSync(dirname(join(out, file)), { recursive: true });
    cpSync(join(root, file), join(out, file));
  }
  const lock = prunedLock(readJson<Lock>(join(root, 'package-lock.json')), dependencies);
  const { name, version, license } = manifest;
  const isOfFunctions = FRAMEWORK in dependencies;
  const scripts = isOfFunctions ? { scripts: { 'gcp-build': `node ${CACHE_SCRIPT}` } } : {};
  const own = { name, version, license, private: true, type: 'module', main: entry, ...scripts };
  writeJson(join(out, 'package.json'), { ...own, dependencies });
  writeJson(join(out, 'package-lock.json'), lock);
  if (isOfFunctions) writeFileSync(join(out, CACHE_SCRIPT), compileScript(reach));
  const made = isOfFunctions ? [CACHE_SCRIPT] : [];
  const all = [...made, 'package-lock.json', 'package.json', ...files];
  const { bytes, sha256 } = digestOf(out, all);
  writeFileSync(digestFile(out), `${sha256}\n`);
  return {
    files: all,
    bytes,
    sha256,
    packages: Object.keys(dependencies),
    installed: Object.keys(lock.packages).filter((path) => path !== ''),
  };
}

function dependenciesOf(reach: Reach, known: Manifest['dependencies']): Record<string, string> {
  const names = [...reach.packages.keys()].sort();
  return Object.fromEntries(
    names.map((name) => {
      const version = known[name];
      const way = told(reach.packages.get(name) ?? []);
      if (version !== undefined) return [name, version];
      throw new PhasegateError('invalid-input', `${name} is no dependency of ours: ${way}`);
    }),
  );
}

function refuseLocal({ files, packages }: Reach): void {
  const ways = [
    ...[...files].filter(([file]) => LOCAL_FILES.test(file)),
    ...[...packages].filter(([name]) => LOCAL_PACKAGES.test(name)),
  ].map(([, way]) => told(way));
  if (ways.length === 0) return;
  throw new PhasegateError(
    'invalid-input',
    `what is local has no business in the cloud: ${ways.join('; ')}`,
  );
}

function refuseStrange(out: string): void {
  if (!existsSync(out) || existsSync(digestFile(out)) || readdirSync(out).length === 0) return;
  throw new PhasegateError(
    'invalid-input',
    `${out} holds what was not written here, and is not replaced`,
  );
}

function digestFile(out: string): string {
  return `${out}.sha256`;
}

function digestOf(out: string, files: readonly string[]): Pick<Written, 'bytes' | 'sha256'> {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const file of files) {
    const content = readFileSync(join(out, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
    bytes += content.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

function readJson<T>(path: string): T {
  if (!existsSync(path)) throw new PhasegateError('invalid-input', `${path} is not there`);
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}
