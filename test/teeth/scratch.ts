import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { PlantedBug } from './planted-bug.ts';
import { runTests, type TestRun } from './vitest-run.ts';

const LEFT_OUT = ['node_modules', '.git', '.phasegate', 'dist'];

/** A copy of the code in which bugs may be planted; it is gone when the process ends. */
export function scratchCopy(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'phasegate-teeth-')));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  for (const part of readdirSync('.').filter((name) => !LEFT_OUT.includes(name))) {
    cpSync(part, join(directory, part), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
  }
  symlinkSync(resolve('node_modules'), join(directory, 'node_modules'));
  return directory;
}

/** What the tests of a bug show while it is planted. */
export async function runPlanted(directory: string, bug: PlantedBug): Promise<TestRun> {
  const path = join(directory, bug.file);
  const clean = readFileSync(path, 'utf8');
  const places = clean.split(bug.find).length - 1;
  if (places !== 1) {
    throw new Error(`${bug.name}: the text to change is in ${bug.file} ${places} times, not once`);
  }
  writeFileSync(
    path,
    clean.replace(bug.find, () => bug.replace),
  );
  try {
    return await runTests(directory, bug.tests);
  } finally {
    writeFileSync(path, clean);
  }
}
