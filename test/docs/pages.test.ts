import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../cli/parse-only.ts';

const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...globSync('docs/*.md')];
const PLAIN = /^npx phasegate ([a-z][^`\n#|]*)/gm;
const QUOTED = /`npx phasegate ([a-z][^`\n]*)`/g;

/** Anchors of a page, as GitHub makes them of its headings. */
const anchorsOf = (text: string) =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

describe.each(pages)('%s', (page) => {
  const text = readFileSync(page, 'utf8');

  it('links only to pages and headings that are there', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) => {
      const [path = '', anchor] = link.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      if (!existsSync(file)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(file, 'utf8')).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names commands as the command line knows them', async () => {
    const lines = [...text.matchAll(PLAIN), ...text.matchAll(QUOTED)].map(([, line = '']) => line);
    const whole = lines.filter((line) => !line.includes('…'));
    const refused: string[] = [];
    for (const line of new Set(whole)) {
      const why = await refusalOf(line.trim());
      if (why !== null) refused.push(`${line}: ${why}`);
    }
    expect(refused).toEqual([]);
  });
});
