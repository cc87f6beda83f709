import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Ended, emptyDirectory, phasegate } from '../e2e/phasegate.ts';

const page = readFileSync('docs/writing-a-pipeline.md', 'utf8');
const blocks = [...page.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```/gm)].map(
  ([, language = '', file = '', text = '']) => ({ language, file, text }),
);

describe('the page on a pipeline of your own', () => {
  const ended: (Ended & { line: string; expected: number })[] = [];

  beforeAll(async () => {
    const folder = emptyDirectory();
    mkdirSync(join(folder, 'raw'));
    const write = { csv: writeFileSync, yaml: appendFileSync };
    for (const { language, file, text } of blocks) {
      if (language === 'csv' || language === 'yaml') write[language](join(folder, file), text);
      else for (const line of text.trim().split('\n')) ended.push(await run(line, folder));
    }
  }, 120_000);

  async function run(line: string, folder: string) {
    const [command = '', comment = ''] = line.split(/\s+# /);
    const words = command
      .replace('npx phasegate ', '')
      .split(' ')
      .map((word) => (['raw', 'hockey.yaml'].includes(word) ? join(folder, word) : word));
    const world = words[0] === 'lock' ? [] : ['--world', `local:${join(folder, 'world')}`];
    const [, code = '0'] = /ends with (\d)/.exec(comment) ?? [];
    return { line, expected: Number(code), ...(await phasegate(...words, ...world)) };
  }

  it('leads from an empty folder to a green run, and to a gate that refuses', () => {
    expect(ended.length).toBe(8);
    expect(ended.map(({ line, code }) => [line, code])).toEqual(
      ended.map(({ line, expected }) => [line, expected]),
    );
    expect(ended[3]?.stdout).toMatch(/passed/);
    expect(ended[7]?.stdout).toMatch(/fresh|before something they read changed/);
  });

  it('has editors complete the file by a schema that is there', () => {
    const [, schema = ''] = /\$schema=\.\.\/(\S+)/.exec(page) ?? [];
    expect(JSON.parse(readFileSync(schema, 'utf8'))).toHaveProperty('title', 'Phasegate pipeline');
  });
});
