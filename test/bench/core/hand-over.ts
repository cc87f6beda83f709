import { join } from 'node:path';
import { openStateFile } from '../../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../../shared/adapters/local/sqlite-run-store.ts';
import type { RunId } from '../../../shared/core/ids.ts';
import type { Figures } from '../figures.ts';
import { ratioOf, sideBySide, type Timed } from '../gate/side-by-side.ts';
import { type BareTransactions, bareTransactions } from './bare-transactions.ts';
import { chainOf, runNumbered } from './chain.ts';
import { type ShellOn, shellOn } from './shell-on.ts';
import { writeTransactionsOf } from './write-ahead-log.ts';

const MAX_TRANSACTIONS = 4;
const MAX_OF_BARE = 1.3;
const TABLES = 20;
/** Of a chain of 20 tables: the last one hands over to nothing. */
const HAND_OVERS = TABLES - 1;
const FACTS = 2;
const RUNS_AT_ONCE = 50;

export type HandOverBench = Readonly<{
  directory: string;
  handOvers: number;
  /** Hand-overs of each of the runs at once. */
  waves: number;
  isBounded: boolean;
}>;

type Place = Readonly<{
  bench: HandOverBench;
  shell: ShellOn;
  newRuns: (count: number) => Promise<readonly RunId[]>;
  bare: BareTransactions;
  /** Pages of each transaction of each hand-over of a run. */
  written: readonly (readonly number[])[];
}>;

/** What it costs that one table's job has ended and the next one is launched: in one run, and in 50 at once. */
export async function handOverFigures(bench: HandOverBench, figures: Figures): Promise<void> {
  const { directory } = bench;
  const db = openStateFile(join(directory, 'hand-over.db'));
  const runs = sqliteRunStore(db);
  const shell = shellOn(runs, chainOf(TABLES));
  let numbered = 0;
  const newRuns = async (count: number) => {
    const made = Array.from({ length: count }, () => runNumbered(numbered++));
    for (const run of made) await shell.start(run);
    return made;
  };

  const [run = runNumbered(0)] = await newRuns(1);
  const before = shell.messages();
  const written: (readonly number[])[] = [];
  for (let index = 0; index < HAND_OVERS; index++) {
    written.push(await writeTransactionsOf(db, () => shell.handOver(run, index)));
  }
  const stored = await runs.load(run);
  const isDone = stored?.outbox.length === 0 && shell.messages() - before === FACTS * HAND_OVERS;
  if (!isDone) throw new Error('a hand-over asks for one gate and one launch, and forgets both');
  const most = Math.max(...written.map(({ length }) => length));
  figures.add('hand-over: write transactions of the store', most, 'transactions', {
    atMost: MAX_TRANSACTIONS,
    note: `pages written: ${written[1]?.join(' + ')}`,
  });

  const bare = bareTransactions(join(directory, 'bare.db'), Math.max(...written.flat()));
  await assertSamePages(bare, written.flat());
  const place = { bench, shell, newRuns, bare, written };
  await ofOneRun(place, figures);
  await ofManyRuns(place, figures);
  bare.db.close();
  db.close();
}

async function ofOneRun(place: Place, figures: Figures): Promise<void> {
  const { bench, shell, newRuns, bare, written } = place;
  const runs = await newRuns(Math.ceil((bench.handOvers + 1) / HAND_OVERS));
  let [ours, theirs] = [0, 0];
  const handOver = async () => {
    const run = runs[Math.floor(ours / HAND_OVERS)];
    if (run !== undefined) await shell.handOver(run, ours++ % HAND_OVERS);
  };
  const bareOnes = async () => bare.write(written[theirs++ % HAND_OVERS] ?? []);
  const [one, bareOne] = await sideBySide(bench.handOvers, [handOver, bareOnes]);
  if (one === undefined || bareOne === undefined) throw new Error('nothing was timed');
  const { ratio, note } = ratioOf(one, bareOne);
  figures.add('hand-over', one.seconds * 1000, 'ms', { note: processorTime(one) });
  figures.add('as many bare transactions over as many pages', bareOne.seconds * 1000, 'ms', {
    note: processorTime(bareOne),
  });
  const atMost = bench.isBounded ? MAX_OF_BARE : null;
  figures.add('hand-over / bare transactions', ratio, 'x', { atMost, note });
  figures.add('one run: events a second', FACTS / one.seconds, '1/s');
}

async function ofManyRuns(place: Place, figures: Figures): Promise<void> {
  const { bench, shell, newRuns, bare, written } = place;
  const runs = await newRuns(RUNS_AT_ONCE);
  let [ours, theirs] = [0, 0];
  const wave = () => {
    const index = ours++;
    return Promise.all(runs.map((run) => shell.handOver(run, index)));
  };
  const bareWave = async () => {
    const pages = written[theirs++] ?? [];
    for (let n = 0; n < RUNS_AT_ONCE; n++) bare.write(pages);
  };
  const [all, bareAll] = await sideBySide(bench.waves, [wave, bareWave]);
  if (all === undefined || bareAll === undefined) throw new Error('nothing was timed');
  const events = FACTS * RUNS_AT_ONCE;
  const what = `${RUNS_AT_ONCE} runs at once`;
  const { ratio, note } = ratioOf(all, bareAll);
  figures.add(`${what}: events a second`, events / all.seconds, '1/s');
  figures.add(`${what}: by bare transactions`, events / bareAll.seconds, '1/s');
  const atMost = bench.isBounded ? MAX_OF_BARE : null;
  figures.add(`${what} / bare transactions`, ratio, 'x', { atMost, note });
}

/** Otherwise it would be another amount of work that is compared. */
async function assertSamePages(bare: BareTransactions, pages: readonly number[]): Promise<void> {
  const written = await writeTransactionsOf(bare.db, () => bare.write(pages));
  if (written.join() !== pages.join()) throw new Error('the bare transactions write other pages');
}

function processorTime({ processorSeconds }: Timed): string {
  return `processor time ${(processorSeconds * 1000).toFixed(3)} ms`;
}
