import { rmSync } from 'node:fs';
import { type Data, readData } from './data.ts';
import { copyWorld, type League } from './league.ts';
import { leftOver } from './left-over.ts';
import { executionsIn, type Moment, type StartEnd, startOwner, statementsIn } from './owner.ts';
import { openIn, runsIn } from './remembered.ts';

/** A run that nobody killed: how long it took, and what it left. */
export type Undisturbed = Readonly<{ data: Data; statements: number; milliseconds: number }>;

export type Kill = Readonly<{ moment: Moment; launches: number }>;

export type Told = Readonly<{
  kills: readonly Kill[];
  /** Of jobs, in the whole story. */
  executions: number;
  /** How long the last start took, and then how long a job of a killed owner outlived it. */
  finishMs: number;
  outlivedMs: number;
  violations: readonly string[];
}>;

/** Runs the league to its end without a kill: what every other story is compared with. */
export async function undisturbed(league: League, directory: string): Promise<Undisturbed> {
  copyWorld(league, directory);
  const end = await startOwner(league, directory, null);
  const { code, stderr } = end;
  if (code !== 0) throw new Error(`a start without a kill ended with ${code}:\n${stderr}`);
  const data = await readData(league, directory);
  return { data, statements: statementsIn(directory), milliseconds: end.milliseconds };
}

/**
 * Kills the owner of a world of its own at each of these moments, lets the next start finish, and compares. The
 * directory stays where something is violated.
 */
export async function killStory(
  league: League,
  directory: string,
  moments: readonly Moment[],
  whole: Undisturbed,
): Promise<Told> {
  const kills: Kill[] = [];
  copyWorld(league, directory);
  let end = await startOwner(league, directory, moments[0] ?? null);
  while (end.how === 'killed' && end.moment !== null) {
    kills.push({ moment: end.moment, launches: executionsIn(directory).length });
    end = await startOwner(league, directory, moments[kills.length] ?? null);
  }
  const found = await violationsIn(league, directory, end, whole, kills.length);
  const executions = executionsIn(directory).length;
  if (found.violations.length === 0) rmSync(directory, { recursive: true });
  return { ...found, kills, executions, finishMs: end.milliseconds };
}

/**
 * What is not as it must be in a world after its last start, and how long a job outlived that.
 *
 * @param end of the last start
 * @param kills how many starts before it were killed: each may have ended a run that the next one could not join
 */
export async function violationsIn(
  league: League,
  directory: string,
  end: StartEnd,
  whole: Undisturbed,
  kills: number,
): Promise<Readonly<{ violations: readonly string[]; outlivedMs: number }>> {
  const { launches: alive, milliseconds: outlivedMs } = await leftOver(directory);
  const runs = runsIn(directory);
  const violations = [
    ...endViolations(end),
    ...alive.map((launch) => `the job of ${launch} still runs`),
    ...executedTwice(directory),
    ...openIn(directory),
    ...dataViolations(await readData(league, directory), whole.data),
    ...(runs > 1 + kills ? [`${runs} runs after ${kills} kills`] : []),
  ];
  return { violations, outlivedMs };
}

function endViolations({ how, code, stdout, stderr, milliseconds }: StartEnd): string[] {
  if (how === 'hung') return [`the next start did not end within ${milliseconds} ms:\n${stderr}`];
  if (code !== 0) return [`the next start ended with ${code}:\n${stdout}${stderr}`];
  return [];
}

function executedTwice(directory: string): string[] {
  const byLaunch = Map.groupBy(executionsIn(directory), ({ launch }) => launch);
  return [...byLaunch]
    .filter(([, all]) => all.length > 1)
    .map(([launch, all]) => `the job of ${launch} was executed ${all.length} times`);
}

function dataViolations({ relations, wroteTwice }: Data, whole: Data): string[] {
  const names = [...new Set([...relations.keys(), ...whole.relations.keys()])];
  return [
    ...wroteTwice.map((what) => `written twice: ${what}`),
    ...names
      .filter((name) => relations.get(name) !== whole.relations.get(name))
      .map(
        (name) => `${name}: ${relations.get(name)}, without a kill ${whole.relations.get(name)}`,
      ),
  ];
}
