import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { tallyLines } from './lines.ts';
import { play } from './play.ts';
import { shrink } from './shrink.ts';
import { emptyTally, merge, type Tally } from './tally.ts';
import { freshTape } from './tape.ts';
import { judgeCells } from './verdict-on-cells.ts';
import type { Task } from './worker.ts';

const PIECE = 100;
/** From so many runs on, every cell must have been visited or be listed as impossible. */
const COVERS_ALL = 100_000;
const SHRUNK = 3;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(availableParallelism()) },
    replay: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

process.exitCode = values.replay === undefined ? await simulate() : await replay(values.replay);

async function simulate(): Promise<number> {
  const started = performance.now();
  const tally = await tellAll(values.seed, Number(values.runs), Number(values.workers));
  const seconds = (performance.now() - started) / 1000;
  tally.violations.sort((a, b) => a.run - b.run);
  const cells = judgeCells(tally.cells);
  const violations = tally.violations.map(({ run, invariant, message }) => ({
    replay: `${values.seed}:${run}`,
    invariant,
    message,
  }));
  if (values.json) {
    const { runs, steps, met, ended } = tally;
    const counted = { ended: Object.fromEntries(ended), faults: Object.fromEntries(met) };
    const visited = Object.fromEntries(tally.cells);
    console.log(JSON.stringify({ runs, steps, seconds, ...counted, cells, visited, violations }));
  } else {
    for (const line of tallyLines(tally, seconds)) console.log(line);
    await showShrunk(tally);
  }
  const isCovered = cells.missing.length + cells.wrong.length === 0;
  return violations.length > 0 || (tally.runs >= COVERS_ALL && !isCovered) ? 1 : 0;
}

async function tellAll(seed: string, runs: number, workers: number): Promise<Tally> {
  const tally = emptyTally();
  let next = 0;
  let lastSaid = performance.now();
  const started = lastSaid;
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url));
      const give = () => {
        if (next >= runs) return void worker.terminate().then(() => resolve(), reject);
        const task: Task = { seed, from: next, to: Math.min(next + PIECE, runs) };
        next = task.to;
        worker.postMessage(task);
      };
      worker.on('error', reject);
      worker.on('message', (told: Tally) => {
        merge(tally, told);
        for (const { run, message } of told.violations) {
          console.error(`violation, --replay ${seed}:${run}: ${message}`);
        }
        if (performance.now() - lastSaid > 5_000) {
          lastSaid = performance.now();
          const each = (lastSaid - started) / tally.runs;
          const left = Math.round((each * (runs - tally.runs)) / 1000);
          const broken = tally.violations.length;
          console.error(`${tally.runs} of ${runs} runs, ${broken} violations, ${left} s left`);
        }
        give();
      });
      give();
    });
  await Promise.all(Array.from({ length: Math.min(workers, Math.ceil(runs / PIECE)) }, work));
  return tally;
}

/** The first violation of each invariant, as short a story as can be found. */
async function showShrunk({ violations }: Tally): Promise<void> {
  const firsts = [
    ...new Map(violations.toReversed().map((each) => [each.invariant, each])).values(),
  ];
  for (const violation of firsts.slice(0, SHRUNK)) {
    const { run, invariant, message, drawn } = violation;
    const all = violations.filter((each) => each.invariant === invariant).length;
    console.log(`\ninvariant ${invariant}, broken in ${all} runs; run ${values.seed}:${run}`);
    console.log(message);
    const { played, tries } = await shrink(drawn, invariant);
    console.log(
      `the story, shrunk in ${tries} tries; the whole one: --replay ${values.seed}:${run}`,
    );
    for (const line of played.log) console.log(`  ${line}`);
  }
}

async function replay(name: string): Promise<number> {
  const at = name.lastIndexOf(':');
  const [seed, run] = [name.slice(0, at), Number(name.slice(at + 1))];
  const { log, violations, ended, steps } = await play(freshTape(seed, run), new Map(), true);
  for (const line of log) console.log(line);
  console.log(`${steps} steps, ended ${ended}, violations: ${violations.length}`);
  return violations.length > 0 ? 1 : 0;
}
