import { clockwork } from './clockwork.ts';
import type { Cells } from './coverage.ts';
import {
  endsTheSame,
  holdsTheRightData,
  isQuiet,
  letsGo,
  tellsPeople,
  tellsWhatIsStuck,
} from './endings.ts';
import { foreignersWrite, mendSource } from './foreign.ts';
import { addsUp } from './more-invariants.ts';
import { openScene } from './open-scene.ts';
import { askForRun, peopleAsk } from './people.ts';
import type { Scene } from './scene.ts';
import { type Rates, type Story, say, type Violation, violate } from './story.ts';
import type { Drawn, Tape } from './tape.ts';

export type Played = Readonly<{
  violations: readonly Violation[];
  /** What was met, by kind. */
  met: ReadonlyMap<string, number>;
  steps: number;
  drawn: Drawn;
  log: readonly string[];
  /** How the last run ended. */
  ended: string;
}>;

const TROUBLE_MS = 95 * 60_000;
const CALM_MS = 6 * 3_600_000;
const MAX_STEPS = 60_000;
const REPAIRS = 2;
/** Two periods of the reconciler. */
const SWEEP_MS = 130_000;
/** Within this, what a start held that died is swept. */
const DEAD_START_MS = 17 * 60_000;

/** Tells one story from its first message to its end, and says what went against the invariants. */
export async function play(tape: Tape, cells: Cells, keepLog: boolean): Promise<Played> {
  const story: Story = {
    clock: clockwork(),
    tape,
    rates: drawRates(tape),
    met: new Map(),
    log: keepLog ? [] : null,
    violations: [],
  };
  const scene = openScene(story, cells);
  askForRun(scene, story.rates.plot > 0 ? tape.draw('mode', 2) : tape.rarely('mode', 400, 2));
  peopleAsk(scene);
  foreignersWrite(scene);
  await go(scene, TROUBLE_MS);
  say(story, '---- from here on nothing unusual happens');
  tape.calm();
  mendSource(scene);
  await comeToRest(scene);
  if (story.violations.length === 0) await check(scene);
  const last = scene.store.runs().at(-1);
  return {
    violations: story.violations,
    met: story.met,
    steps: story.clock.steps(),
    drawn: tape.drawn,
    log: story.log ?? [],
    ended: last === undefined ? 'nothing' : (scene.store.look(last)?.state?.status ?? 'nothing'),
  };
}

function drawRates(tape: Tape): Rates {
  const one = (kind: string, ...rates: number[]) =>
    rates[tape.draw(`rate of ${kind}`, rates.length)]!;
  const plot = one('plot', 0, 1);
  const statements = plot > 0 ? 40 : one('statements', 0, 0, 30, 80);
  return {
    calls: one('calls', 0, 0, 8, 25),
    crashes: one('crashes', 0, 0, 4, 12),
    bus: one('bus', 0, 0, 60, 200),
    jobs: one('jobs', 0, 60, 200, 450),
    statements,
    refusals: plot > 0 ? one('refusals', 10, 200) : statements / 4,
    people: one('people', 0, 0, 1),
    foreign: one('foreign', 0, 0, 1),
    plot,
    jitter: one('jitter', 0, 1),
  };
}

/** Lets things happen until nothing is left, or for so long; what is held back comes last. False when something is left. */
async function go(scene: Scene, milliseconds: number): Promise<boolean> {
  const { clock, violations } = scene.story;
  const until = clock.elapsed() + milliseconds;
  while (violations.length === 0) {
    if (isQuiet(scene)) {
      if (scene.plot.held.size === 0) return true;
      for (const tell of scene.plot.held) tell();
    }
    if (clock.elapsed() > until || clock.steps() > MAX_STEPS) return false;
    await clock.step();
  }
  return false;
}

/**
 * Without any more trouble every run ends, and a person who asks for a repair, or starts anew, gets the data; where a
 * start died with its lock, once that is swept.
 */
async function comeToRest(scene: Scene): Promise<void> {
  const { store, bus, story } = scene;
  const signed = { requestedBy: 'ana', reason: 'afterwards' };
  for (const run of store.runs()) {
    const paused: unknown = store.look(run)?.state?.paused ?? null;
    if (paused !== null) bus.publish('phasegate-start', { resume: run, ...signed });
  }
  if (!(await go(scene, CALM_MS))) return stuck(scene);
  endsTheSame(scene);
  if ((await store.locks()).length > 0) await pass(scene, DEAD_START_MS);
  const lastRun = () => store.runs().at(-1);
  const statusOf = () => {
    const run = lastRun();
    return run === undefined ? undefined : store.look(run)?.state?.status;
  };
  const repair = async () => {
    for (let count = 1; count <= REPAIRS && isBlocked(statusOf()); count++) {
      bus.publish('phasegate-start', { repair: lastRun(), ...signed });
      if (!(await go(scene, CALM_MS))) return stuck(scene);
    }
  };
  await repair();
  if (!isBlocked(statusOf()) && (statusOf() !== 'passed' || scene.lastForeign.at > 0)) {
    askForRun(scene, 0);
    if (!(await go(scene, CALM_MS))) return stuck(scene);
    await repair();
  }
  if (statusOf() !== 'passed') {
    const run = lastRun();
    const why = run === undefined ? 'no run' : store.look(run)?.state?.message;
    violate(story, 'heals', `no repair heals ${run}: ${statusOf()}: ${why}`);
  }
}

async function pass({ story }: Scene, milliseconds: number): Promise<void> {
  const { clock } = story;
  for (const until = clock.elapsed() + milliseconds; clock.elapsed() < until; ) await clock.step();
}

function isBlocked(status: string | undefined): boolean {
  return status === 'blocked' || status === 'failed';
}

function stuck(scene: Scene): void {
  if (scene.story.violations.length === 0) tellsWhatIsStuck(scene);
}

async function check(scene: Scene): Promise<void> {
  tellsPeople(scene);
  await pass(scene, SWEEP_MS);
  await letsGo(scene);
  for (const run of scene.store.runs()) {
    holdsTheRightData(scene, run);
    addsUp(scene, run);
  }
}
