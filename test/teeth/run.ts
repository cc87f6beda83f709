/**
 * Puts each bug of the old validators into a scratch copy, runs the tests that should notice, and
 * prints killed / planted. Ends with 1 below 100 %. A bug counts as killed when a test fails, not when
 * the tests do not get as far as that.
 *
 *   npm run teeth                    all
 *   npm run teeth -- --only TEXT     bugs whose name holds the text
 *   npm run teeth -- --every N       each N-th bug, for a quick look
 */
import { parseArgs } from 'node:util';
import { PLANTED_BUGS } from './planted-bugs.ts';
import { runPlanted, scratchCopy } from './scratch.ts';
import { runTests, type TestRun } from './vitest-run.ts';

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, every: { type: 'string', default: '1' } },
});
const every = Math.max(1, Number(values.every) || 1);
const chosen = PLANTED_BUGS.filter(
  ({ name }, index) => name.includes(values.only) && index % every === 0,
);

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
process.exitCode = chosen.length > 0 && killed === chosen.length ? 0 : 1;

function told({ kind }: TestRun): string {
  if (kind === 'failed') return 'killed  ';
  return kind === 'passed' ? 'SURVIVED' : 'BROKEN  ';
}
