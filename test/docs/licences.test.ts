import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { licencesPage } from '../../shared/cli/deploy/licences.ts';

const ACCEPTED = [
  'Apache-2.0',
  'MIT',
  'MIT-0',
  '(MIT OR CC0-1.0)',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'CC0-1.0',
  'CC-BY-3.0',
];

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const page = readFileSync('docs/licences.md', 'utf8');

it('the page of licences names what is installed now', () => {
  expect(page).toBe(licencesPage(lock, dependencies));
  for (const name of Object.keys(dependencies)) expect(page).toContain(`${name}@`);
});

it('no package is installed under a licence that nobody accepted, or under none', () => {
  const rows = [...page.matchAll(/^\| ([^|]+) \| [^|]+@/gm)].map(([, licence = '']) => licence);
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.filter((licence) => !ACCEPTED.includes(licence))).toEqual([]);
});
