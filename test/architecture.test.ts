import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Who may import whom. A layer may always import itself. */
const MAY_IMPORT: Record<string, string> = {
  'shared/core': '',
  'shared/sql': 'shared/core',
  'shared/ports': 'shared/core',
  'shared/page': 'shared/core',
  'shared/edge': 'shared/core zod yaml node:crypto',
  'shared/shell': 'shared/core shared/sql shared/ports',
  'shared/adapters':
    'shared/core shared/sql shared/ports shared/edge shared/page shared/shell zod vendor',
  'shared/league': 'shared/core vendor',
  'shared/cli':
    'shared/core shared/sql shared/ports shared/edge shared/page shared/shell shared/adapters shared/league vendor',
  functions: 'shared/core shared/sql shared/ports shared/edge shared/shell shared/adapters vendor',
};

/** Hidden inputs and outputs that need no import. */
const IMPURE =
  /Date\.now|new Date\(\)|Math\.random|performance\.|process\.|console\.|fetch\(|crypto\./;

/** What a browser runs, as text. */
const IN_THE_BROWSER = 'shared/page/script.ts';

const files = globSync('{shared,functions}/**/*.ts');

it('sees the source files it is meant to judge', () => {
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => layerOf(file) === file)).toEqual([]);
});

describe.each(files)('%s', (file) => {
  const source = readFileSync(file, 'utf8');
  const own = layerOf(file);

  it('imports only what its layer may', () => {
    const allowed = [own, ...(MAY_IMPORT[own] ?? '').split(' ')];
    const isAllowed = (layer: string) =>
      allowed.includes(
        layer in MAY_IMPORT || ['zod', 'yaml', 'node:crypto'].includes(layer) ? layer : 'vendor',
      ) ||
      (allowed.includes('vendor') && !(layer in MAY_IMPORT));
    expect(importsOf(source, file).filter((layer) => !isAllowed(layer))).toEqual([]);
  });

  if (['shared/core', 'shared/sql', 'shared/page'].includes(own) && file !== IN_THE_BROWSER) {
    it('has no hidden input', () => {
      expect(source).not.toMatch(IMPURE);
    });
  }

  it('fits in 300 lines', () => {
    expect(source.split('\n').length).toBeLessThanOrEqual(300);
  });
});

it.each(globSync('test/**/*.ts', { exclude: ['**/node_modules/**'] }))(
  '%s fits in 300 lines',
  (file) => {
    expect(readFileSync(file, 'utf8').split('\n').length).toBeLessThanOrEqual(300);
  },
);

it('keeps half of its files under 70 lines', () => {
  const lengths = files
    .map((file) => readFileSync(file, 'utf8').split('\n').length)
    .sort((a, b) => a - b);
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(70);
});

it('names nothing after what it is not', () => {
  expect(files.filter((file) => /utils|helpers|common|manager|service/.test(file))).toEqual([]);
});

it('mocks nothing of its own', () => {
  const tests = globSync('test/**/*.ts', { exclude: ['**/node_modules/**'] }).filter(
    (file) => !file.endsWith('architecture.test.ts'),
  );
  expect(tests.filter((file) => readFileSync(file, 'utf8').includes('vi.mock'))).toEqual([]);
});

function importsOf(source: string, file: string): string[] {
  return [...source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, path]) =>
    path?.startsWith('.') ? layerOf(normalize(join(dirname(file), path))) : (path ?? ''),
  );
}

function layerOf(path: string): string {
  return Object.keys(MAY_IMPORT).find((layer) => path.startsWith(`${layer}/`)) ?? path;
}
