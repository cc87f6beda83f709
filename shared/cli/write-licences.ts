import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { licencesPage } from './deploy/licences.ts';

const at = (path: string) => resolve(import.meta.dirname, '../..', path);
const read = (path: string) => JSON.parse(readFileSync(at(path), 'utf8'));

writeFileSync(
  at('docs/licences.md'),
  licencesPage(read('package-lock.json'), read('package.json').dependencies),
);
