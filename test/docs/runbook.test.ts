import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../cli/parse-only.ts';

const page = readFileSync('docs/runbook.md', 'utf8');
const sections = new Map(
  page
    .split(/^#+ /m)
    .slice(1)
    .map((text) => [text.split('\n')[0] ?? '', text] as const),
);
const PARTS = ['**Means** ', '**Look** ', '**Do** ', '**Wake** '];

/** What alerts are about, by the type that names them. */
const events = [
  ...readFileSync('shared/core/alert-event.ts', 'utf8').matchAll(/^ {2}\| '([a-z-]+)'/gm),
].map(([, event = '']) => event);

/** Which causes the code gives its findings, by how each begins. */
const causes = globSync('shared/{core/monitor,core/alerts,shell}/**/*.ts').flatMap((file) =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /\b(?:cause: (?:cause === null \? )?|causeOfData = .* => )['"`]([a-z]+)/g,
    ),
  ].map(([, head = '']) => head),
);

describe('the runbook', () => {
  it('sees the alerts and the causes that it is held against', () => {
    expect([events.length, new Set(causes).size]).toEqual([7, 11]);
  });

  it.each([...new Set([...events, ...causes])])(
    'has a section on %s that says what to do',
    (name) => {
      const text = sections.get(name) ?? '';
      expect(PARTS.filter((part) => !text.includes(`\n${part}`))).toEqual([]);
    },
  );

  it('has no section on what nobody tells', () => {
    const told = [...sections].filter(([, text]) => text.includes(PARTS[0] ?? ''));
    expect(
      told.map(([name]) => name).filter((name) => ![...events, ...causes].includes(name)),
    ).toEqual([]);
  });

  const commands = [...page.matchAll(/`npx phasegate ([^`]+)`/g)].map(([, line = '']) => line);
  it.each([...new Set(commands)])(
    'names phasegate %s as the command line knows it',
    async (line) => {
      expect(await refusalOf(line)).toBeNull();
    },
  );
});
