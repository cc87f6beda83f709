/**
 * Puts each bug of the old validators into a scratch copy, runs the tests that should notice, and
 * prints killed / planted. Ends with 1 below 100 %.
 *
 *   npm run teeth                    all
 *   npm run teeth -- --only TEXT     bugs whose name holds the text
 *   npm run teeth -- --every N       each N-th bug, for a quick look
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { PlantedBug } from './planted-bug.ts';
import { PLANTED_BUGS } from './planted-bugs.ts';

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, every: { type: 'string', default: '1' } },
});
const every = Math.max(1, Number(values.every) || 1);
const chosen = PLANTED_BUGS.filter(
  ({ name }, index) => name.includes(values.only) && index % every === 0,
);

const scratch = mkdtempSync(join(tmpdir(), 'phasegate-teeth-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
for (const part of ['shared', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts']) {
  cpSync(part, join(scratch, part), {
    recursive: true,
    filter: (path) => !path.includes('node_modules'),
  });
}
symlinkSync(resolve('node_modules'), join(scratch, 'node_modules'));

const tests = [...new Set(chosen.flatMap((bug) => bug.tests))];
if (!passes(tests)) {
  console.error('the tests fail before anything is planted, so nothing can be shown');
  process.exit(1);
}
let killed = 0;
for (const bug of chosen) {
  const isKilled = !withBug(bug, () => passes(bug.tests));
  if (isKilled) killed += 1;
  console.log(`${isKilled ? 'killed  ' : 'SURVIVED'} ${bug.name}`);
}
console.log(`${killed} / ${chosen.length} killed`);
process.exitCode = chosen.length > 0 && killed === chosen.length ? 0 : 1;

function withBug(bug: PlantedBug, work: () => boolean): boolean {
  const path = join(scratch, bug.file);
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
    return work();
  } finally {
    writeFileSync(path, clean);
  }
}

function passes(files: readonly string[]): boolean {
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--bail', '1', ...files], {
    cwd: scratch,
    stdio: 'ignore',
  });
  return status === 0;
}
