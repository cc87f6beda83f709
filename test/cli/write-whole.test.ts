import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeWhole } from '../../shared/cli/write-whole.ts';
import { emptyDirectory } from '../e2e/phasegate.ts';

it('a file is replaced whole, and nothing else is left beside it', () => {
  const directory = emptyDirectory();
  const file = join(directory, 'report.html');
  writeFileSync(file, 'a longer text of before');
  writeWhole(file, 'new');
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(readdirSync(directory)).toEqual(['report.html']);
});

it('a file that cannot be written is refused with its name, and nothing is left', () => {
  const directory = emptyDirectory();
  expect(() => writeWhole(join(directory, 'none', 'report.html'), 'new')).toThrow(
    /none\/report\.html cannot be written: ENOENT: no such file or directory; accepted: a file in a directory that is there/,
  );
  expect(readdirSync(directory)).toEqual([]);
});
