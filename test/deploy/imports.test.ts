import { describe, expect, it } from 'vitest';
import { importsOf, importsUnknown, packageOf } from '../../shared/cli/deploy/imports.ts';

describe('the imports of a source text', () => {
  it('are those that are there when it runs, each once, dynamic ones too', () => {
    const source = `
import { a } from './a.ts';
import { type B, b } from "./not-ours.ts";
import './c.ts';
import {
  type D,
} from './d.ts';
export { e } from './e.ts';
export * from './f.ts';
const g = await import('./g.ts');
import { a as again } from './a.ts';
`;
    const expected = ['./a.ts', './c.ts', './d.ts', './e.ts', './f.ts', './g.ts'];
    expect(importsOf(source)).toEqual(expected);
  });

  it('are not what only types come from, nor what a comment names', () => {
    const source = `
import type { A } from './a.ts';
export type { B } from './b.ts';
/** import { c } from './c.ts'; */
// import './d.ts';
export type E = 'from';
`;
    expect(importsOf(source)).toEqual([]);
  });

  it('do not run over from one statement into the next', () => {
    const source = `export const a = 1;\nexport function b() {}\nconst from = 'x';\nimport { c } from 'zod';`;
    expect(importsOf(source)).toEqual(['zod']);
  });

  it.each([
    ["await import('./a.ts')", false],
    ['await import(name)', true],
    ['await import(`./' + 'x`)', true],
    ["const load = createRequire(import.meta.url)('x')", true],
  ])('of %s can be told without running it: not so is %s', (source, expected) => {
    expect(importsUnknown(source)).toBe(expected);
  });
});

it.each([
  ['./a.ts', null],
  ['node:fs', null],
  ['zod', 'zod'],
  ['zod/v4', 'zod'],
  ['@google-cloud/run/build/src/index.js', '@google-cloud/run'],
])('%s belongs to package %s', (specifier, expected) => {
  expect(packageOf(specifier)).toBe(expected);
});
