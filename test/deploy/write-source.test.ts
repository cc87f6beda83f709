import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeVersion, codeVersionOf } from '../../shared/adapters/code-version.ts';
import { importsOf, packageOf } from '../../shared/cli/deploy/imports.ts';
import { type Written, writeSource } from '../../shared/cli/deploy/write-source.ts';
import { servedBy } from './functions-framework.ts';
import { emptyFolder, installHere, projectWith, ROOT } from './scratch.ts';

const ENTRY = 'functions/index.ts';
const DOORWAYS = `
import { http } from '@google-cloud/functions-framework';
import { handlersOf } from '../shared/adapters/handlers.ts';
import { bigQueryWarehouse } from '../shared/adapters/gcp/bigquery-warehouse.ts';

http('hello', (_, response) => {
  response.send([typeof handlersOf, typeof bigQueryWarehouse].join());
});
`;
const hasFunctions = existsSync(join(ROOT, ENTRY));
if (!hasFunctions) console.warn(`${ENTRY} is not there: its source is not written by this test`);

const roots: readonly (readonly [string, () => string])[] = [
  ['a doorway of the test', () => projectWith({ [ENTRY]: DOORWAYS })],
  ...(hasFunctions ? ([['the functions that ship', () => ROOT]] as const) : []),
];

describe.each(roots)('the deployed source of %s', (_, rootOf) => {
  let out: string;
  let written: Written;

  beforeAll(() => {
    out = join(emptyFolder(), 'source');
    written = writeSource(rootOf(), ENTRY, out);
  });

  it('imports no file and no package that is not in it', () => {
    const missing = written.files
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) =>
        importsOf(readFileSync(join(out, file), 'utf8'))
          .filter((each) => !isThere(out, written, file, each))
          .map((each) => `${file} imports ${each}`),
      );
    expect(missing).toEqual([]);
  });

  it('holds no test, nothing of the local world and of the command line, neither DuckDB nor polyglot', () => {
    const local = /^(test|docs|infra)\/|^shared\/(adapters\/local|cli|league)\/|\.test\.ts$/;
    expect(written.files.filter((file) => local.test(file))).toEqual([]);
    const everything = [...written.packages, ...written.installed];
    expect(
      everything.filter((name) => /duckdb|polyglot|vitest|typescript|biome/.test(name)),
    ).toEqual([]);
    expect(everything.length).toBeGreaterThan(20);
  });

  it('has a lock that npm finds whole and that names no package besides', () => {
    const listed = execFileSync('npm', ['ls', '--all', '--package-lock-only', '--parseable'], {
      cwd: out,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const paths = listed
      .split('\n')
      .flatMap((line) => line.split(`${posix.basename(out)}/`)[1] ?? []);
    expect(new Set(paths)).toEqual(new Set(written.installed));
  });

  it('passes the check of syntax with which Google begins a build of a function', () => {
    const { main } = JSON.parse(readFileSync(join(out, 'package.json'), 'utf8'));
    expect(main).toBe(ENTRY);
    execFileSync(process.execPath, ['--check', main], { cwd: out });
  });

  it('judges under the same code version as the checkout', () => {
    expect(codeVersionOf(out)).toBe(codeVersion());
  });

  it('holds the pipeline with all its SELECTs and its lock', () => {
    const ours = written.files.filter((file) => file.startsWith('shared/pipelines/nba'));
    expect(ours).toContain('shared/pipelines/nba.yaml');
    expect(ours).toContain('shared/pipelines/nba.lock.yaml');
    const selects = globSync('shared/pipelines/nba/**/*.sql', { cwd: ROOT });
    expect(ours.filter((file) => file.endsWith('.sql')).sort()).toEqual(selects.sort());
  });

  it('says the digest of what it is', () => {
    const again = join(emptyFolder(), 'source');
    expect(writeSource(rootOf(), ENTRY, again).sha256).toBe(written.sha256);
    expect(readFileSync(`${again}.sha256`, 'utf8')).toBe(`${written.sha256}\n`);
  });
});

it('the deployed source is served as it is by functions-framework', async () => {
  const out = join(emptyFolder(), 'source');
  const { packages } = writeSource(projectWith({ [ENTRY]: DOORWAYS }), ENTRY, out);
  installHere(out, packages);
  const served = await servedBy(out, 'hello');
  try {
    expect(await (await fetch(served.url)).text()).toBe('function,function');
  } finally {
    await served.stop();
  }
});

describe('a source is not written', () => {
  const writing = (files: Record<string, string>, out = join(emptyFolder(), 'source')) => ({
    out,
    act: () => writeSource(projectWith(files), ENTRY, out),
  });

  it.each([
    [
      "import '../shared/adapters/local/world.ts';",
      /functions\/index.ts → shared\/adapters\/local\/world.ts/,
    ],
    ["import '@duckdb/node-api';", /functions\/index.ts → @duckdb\/node-api/],
    ["await import('../shared/league/league.ts');", /shared\/league\/league.ts/],
    ["import 'left-pad';", /left-pad is no dependency of ours: functions\/index.ts → left-pad/],
    ["import './gone.ts';", /gone.ts is not there; it is reached by functions\/index.ts → /],
    ['await import(process.argv[2]);', /imports what only it knows/],
  ])('when its entry says %s, and the way is named', (text, way) => {
    const { act, out } = writing({ [ENTRY]: text });
    expect(act).toThrow(way);
    expect(existsSync(out)).toBe(false);
  });

  it('over a folder that somebody else filled', () => {
    const out = emptyFolder();
    writeFileSync(join(out, 'thesis.txt'), 'years of work');
    expect(writing({ [ENTRY]: DOORWAYS }, out).act).toThrow(/was not written here/);
    expect(readFileSync(join(out, 'thesis.txt'), 'utf8')).toBe('years of work');
  });
});

function isThere(out: string, written: Written, file: string, specifier: string): boolean {
  if (specifier.startsWith('node:')) return true;
  const own = packageOf(specifier);
  if (own !== null) return written.packages.includes(own);
  return existsSync(join(out, posix.join(posix.dirname(file), specifier)));
}
