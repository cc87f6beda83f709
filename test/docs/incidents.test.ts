import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const from = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, n) => first + n);
const NUMBERS = from(1, 123);
/** Rows of which nothing here guards any part yet. */
const NOT_YET = /^not yet: \w.{20,}$/;

/** The rows of the page by their number, as cells. */
const rows = Map.groupBy(
  readFileSync('docs/incidents.md', 'utf8')
    .split('\n')
    .filter((line) => /^\| \d+ \|/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, number, happened, here, proof]) => ({
      number: Number(number),
      happened,
      here,
      proof,
    })),
  ({ number }) => number,
);

/** `place › name` in backquotes, as often as there is one. */
function proofsIn(cell: string): readonly Readonly<{ file: string; name: string }>[] {
  return [...cell.matchAll(/`([^`]+) › ([^`]+)`/g)].map(([, file = '', name = '']) => ({
    file,
    name,
  }));
}

/** Why a proof proves nothing; null when what it names is there. */
function whyNot({ file, name }: Readonly<{ file: string; name: string }>): string | null {
  if (!/^(test|shared)\/.*\.ts$/.test(file) || !existsSync(file)) return `there is no ${file}`;
  const source = readFileSync(file, 'utf8');
  if (file.startsWith('shared/')) {
    return source.includes(`export type ${name} =`) ? null : `${file} has no type ${name}`;
  }
  const written = [`'${name.replaceAll("'", "\\'")}'`, `"${name}"`, `\`${name}\``];
  return written.some((title) => titles(source).includes(title))
    ? null
    : `${file} has no test "${name}"`;
}

/** The titles in a test file as they stand there, quotes included: those of templates too. */
function titles(source: string): readonly string[] {
  const calls = /(?:\bit|\btest|\]|\))\(\s*('(?:[^'\\\n]|\\.)*'|"[^"\n]*"|`[^`]*`),/g;
  return [...source.matchAll(calls)].map(([, title = '']) => title);
}

describe('the page of incidents', () => {
  it.each(NUMBERS)('has row %i once, with what happened, what is done and a proof', (number) => {
    const found = rows.get(number) ?? [];
    expect(found.length).toBe(1);
    expect(found[0]?.happened).toMatch(/\w{3}/);
    expect(found[0]?.here).toMatch(/\w{3}/);
    expect(proofsIn(found[0]?.proof ?? '').length).toBeGreaterThan(0);
  });

  it.each(NUMBERS)('names for row %i only tests and types that are there', (number) => {
    const [row] = rows.get(number) ?? [];
    const cell = row?.proof ?? '';
    expect(proofsIn(cell).flatMap((proof) => whyNot(proof) ?? [])).toEqual([]);
    const rest = cell.replaceAll(/`[^`]+ › [^`]+`/g, '').trim();
    if (rest !== '') expect(rest).toMatch(NOT_YET);
  });

  it('has no row of another collection', () => {
    expect([...rows.keys()].filter((number) => !NUMBERS.includes(number))).toEqual([]);
  });
});

describe('a proof', () => {
  const here = 'test/docs/incidents.test.ts';

  it.each([
    [{ file: here, name: 'has no row of another collection' }, null],
    [{ file: here, name: 'names for row %i only tests and types that are there' }, null],
    [{ file: 'shared/core/verdict.ts', name: 'Verdict' }, null],
    [{ file: here, name: 'has no row of' }, 'has no test "has no row of"'],
    [{ file: here, name: 'test/docs/incidents.test.ts' }, 'has no test'],
    [{ file: 'shared/core/verdict.ts', name: 'Verdicts' }, 'has no type Verdicts'],
    [{ file: 'test/gone.test.ts', name: 'anything' }, 'there is no test/gone.test.ts'],
    [{ file: 'package.json', name: 'version' }, 'there is no package.json'],
  ])('%o is refused with %j', (proof, reason) => {
    if (reason === null) expect(whyNot(proof)).toBeNull();
    else expect(whyNot(proof)).toContain(reason);
  });
});
