import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTests } from './vitest-run.ts';

const HEAD = "import { expect, it } from 'vitest';\nimport fc from 'fast-check';\n";
const property = (body: string) => `fc.assert(fc.property(fc.nat(), (n) => { ${body} }))`;
const MAX_SECONDS = 3;

let directory = '';
beforeAll(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'phasegate-teeth-')));
  symlinkSync(resolve('node_modules'), join(directory, 'node_modules'));
});
afterAll(() => rmSync(directory, { recursive: true }));

async function runOf(test: string, maxSeconds?: number) {
  writeFileSync(join(directory, 'one.test.ts'), `${HEAD}${test}`);
  return runTests(directory, ['one.test.ts'], maxSeconds);
}

describe('a planted bug is killed', () => {
  it.each([
    ['an assertion', 'expect(1).toBe(2)'],
    ['a property that is false', property('return n < 3')],
    ['an assertion inside a property', property('expect(n).toBeLessThan(3)')],
    ['a promise that does not reject', 'return expect(Promise.resolve(1)).rejects.toThrow()'],
    [
      'an error of the house',
      "const error = new Error('no'); error.name = 'PhasegateError'; throw error",
    ],
  ])('by %s', async (_, body) => {
    const run = await runOf(`it('tells', () => { ${body} });`);
    expect(run).toEqual({ kind: 'failed', file: 'one.test.ts', title: 'tells' });
  });

  it('by an assertion behind a test that crashed', async () => {
    const run = await runOf(
      "it('crashes', () => { null.x; }); it('tells', () => { expect(1).toBe(2); });",
    );
    expect(run).toMatchObject({ kind: 'failed', title: 'tells' });
  });
});

describe('a planted bug is not killed', () => {
  it.each([
    ['a TypeError', 'null.x', /TypeError/],
    ['a ReferenceError', 'nowhere()', /ReferenceError/],
    ['a crash inside a property', property('null.x'), /Property failed/],
    [
      'a crash of a promise that should be kept',
      'return expect(Promise.reject(new TypeError())).resolves.toBe(1)',
      /instead of resolving/,
    ],
    ['any other error', "throw new Error('no such table')", /no such table/],
  ])('by %s', async (_, body, why) => {
    const run = await runOf(`it('crashes', () => { ${body} });`);
    expect(run).toEqual({ kind: 'broken', why: expect.stringMatching(why) });
  });

  it("by a test's time limit", async () => {
    const run = await runOf("it('waits', () => new Promise(() => undefined), 20);");
    expect(run).toEqual({ kind: 'broken', why: expect.stringContaining('timed out') });
  });

  it('by a file that cannot be read', async () => {
    expect(await runOf('it(')).toMatchObject({ kind: 'broken' });
  });

  it('by a test that never gives the machine back', async () => {
    const run = await runOf("it('hangs', () => { for (;;); });", MAX_SECONDS);
    expect(run).toEqual({
      kind: 'broken',
      why: `vitest did not end within ${MAX_SECONDS} s`,
    });
  });
});

it('tests that all hold have passed', async () => {
  expect(await runOf("it('holds', () => { expect(1).toBe(1); });")).toEqual({ kind: 'passed' });
});
