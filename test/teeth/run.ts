/**
 * Puts each bug of the old validators into a scratch copy, runs the tests that should notice, and
 * prints killed / planted. Ends with 1 below 100 %. A bug counts as killed when an assertion fails, not
 * when the tests do not get as far as that. Ends with 2 when the options choose no bug.
 *
 *   npm run teeth                    all
 *   npm run teeth -- --only TEXT     bugs whose name holds the text
 *   npm run teeth -- --every N       each N-th bug, for a quick look
 *   npm run teeth -- --every N --offset K   the same, after leaving out the first K
 */
import { parseArgs } from 'node:util';
import { type Choice, chosenOf } from './chosen.ts';
import { PLANTED_BUGS } from './planted-bugs.ts';
import { runPlanted, scratchCopy } from './scratch.ts';
import { runTests, type TestRun } from './vitest-run.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    every: { type: 'string', default: '1' },
    offset: { type: 'string', default: '0' },
  },
});
const chosen = chosenOrEnd(values);

/** One waits for its tests to start while those of the other run. */
const copies = [scratchCopy(), scratchCopy()];

const clean = await runTests(copies[0]!, [...new Set(chosen.flatMap((bug) => bug.tests))]);
if (clean.kind !== 'passed') {
  console.error(`before anything is planted: ${JSON.stringify(clean)}; so nothing can be shown`);
  process.exit(1);
}
let killed = 0;
const left = chosen.values();
await Promise.all(
  copies.map(async (directory) => {
    for (const bug of left) {
      const run = await runPlanted(directory, bug);
      if (run.kind === 'failed') killed += 1;
      console.log(`${told(run)} ${bug.name}${run.kind === 'broken' ? `: ${run.why}` : ''}`);
      if (run.kind === 'failed') console.log(`           ${run.file} › ${run.title}`);
    }
  }),
);
console.log(`${killed} / ${chosen.length} killed`);
process.exitCode = killed === chosen.length ? 0 : 1;

function chosenOrEnd(choice: Choice) {
  const found = chosenOf(PLANTED_BUGS, choice);
  if (typeof found !== 'string') return found;
  console.error(`teeth: ${found}`);
  return process.exit(2);
}

function told({ kind }: TestRun): string {
  if (kind === 'failed') return 'killed  ';
  return kind === 'passed' ? 'SURVIVED' : 'BROKEN  ';
}
