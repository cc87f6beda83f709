import type { Day } from '../../shared/core/days.ts';
import type { RunId } from '../../shared/core/ids.ts';
import type { Committed } from './memory-run-store.ts';
import { pipelineTables } from './model-warehouse.ts';
import { comesInto, drawState } from './moments.ts';
import type { Scene } from './scene.ts';
import { lastDay } from './shape.ts';
import { meet } from './story.ts';
import { momentOf } from './tape.ts';

const MODES = ['missing', 'all', 'failed'] as const;
const WISHES = [
  'start again',
  'start another mode',
  'start a part',
  'repair',
  'retry',
  'cancel',
  'pause',
  'resume',
  'override',
  'signoff',
] as const;
type Wish = (typeof WISHES)[number];

/** What people do while facts are held back. */
const MEDDLING: readonly Wish[] = ['cancel', 'start again', 'override', 'repair', 'retry'];

/** What people do about a run that is blocked or has failed. */
const REACTIONS: readonly Wish[] = ['repair', 'retry', 'override', 'repair', 'start again'];
/** Asks for the whole range, or its first days. */
export function askForRun(
  { shape, bus }: Scene,
  mode: number,
  part: 'all' | 'first days' = 'all',
): string {
  const last = part === 'all' ? lastDay(shape) : shape.gameDays[1]!;
  return bus.publish('phasegate-start', {
    pipeline: shape.definitions[0].pipeline.name,
    from: shape.gameDays[0],
    to: last,
    mode: MODES[mode % MODES.length],
    requestedBy: 'ana',
    reason: 'simulated',
  });
}

/** People ask at any time, whatever the state of the run. */
export function peopleAsk(scene: Scene): void {
  const { tape, rates, clock } = scene.story;
  if (rates.plot > 0) peopleMeddle(scene);
  if (rates.people === 0) return;
  const wishes = 1 + tape.draw('wishes', 5);
  for (let count = 0; count < wishes; count++) {
    const wish = WISHES[tape.draw('wish', WISHES.length)]!;
    const which = tape.draw('wish which', 8);
    clock.after(momentOf(tape, 'wish'), () => {
      const runs = scene.store.runs();
      if (!tape.isCalm()) ask(scene, wish, runs[which % Math.max(1, runs.length)], which);
    });
  }
}

/** People ask just when a run or a table is in a certain state, however rare that is. */
function peopleMeddle(scene: Scene): void {
  const { story, plot, store } = scene;
  const { tape, clock } = story;
  const wishes = tape.draw('meddlings', 4);
  for (let count = 0; count < wishes; count++) {
    const wish = MEDDLING[tape.draw('meddling', MEDDLING.length)]!;
    const which = tape.draw('meddling which', 8);
    const pause = 1 + tape.draw('meddling pause', 4) * 3_000;
    plot.moments.when(drawState(tape, 'meddling when'), () =>
      clock.after(pause, () => ask(scene, wish, store.runs().at(-1), which)),
    );
  }
}

/** When a run is blocked or fails somebody does something about it, and then something else; or stops what follows. */
export function peopleReact(scene: Scene, { run, before, after }: Committed): void {
  const { tape, rates, clock } = scene.story;
  const isBad = after.status === 'blocked' || after.status === 'failed';
  if (rates.people + rates.plot === 0 || !isBad || before?.status === after.status) return;
  const reaction = tape.rarely('reaction', rates.plot > 0 ? 900 : 600, REACTIONS.length);
  if (reaction === 0) return;
  const bad = Object.values(after.tables).findIndex(
    ({ tag }) => tag === 'blocked' || tag === 'failed',
  );
  const pause = 1 + tape.draw('reaction pause', 30) * 700;
  clock.after(pause, () => ask(scene, REACTIONS[reaction - 1]!, run, Math.max(0, bad)));
  const wishes = rates.plot > 0 ? REACTIONS : WISHES;
  const next = wishes[tape.draw('next wish', wishes.length)]!;
  const later = pause + tape.draw('next pause', 30) * 400;
  clock.after(later, () => ask(scene, next, run, Math.max(0, bad)));
  if (rates.plot > 0 && tape.draw('stops it', 3) === 2) {
    const moment = 1 + tape.draw('stop pause', 4) * 1_500;
    scene.plot.moments.when(comesInto('running', { run }), () =>
      clock.after(moment, () => ask(scene, 'cancel', run, 0)),
    );
  }
}

function ask(scene: Scene, wish: Wish, run: RunId | undefined, which: number): void {
  const { story, bus, shape } = scene;
  if (story.tape.isCalm() || run === undefined) return;
  meet(story, `people ${wish}`, run);
  const signed = { requestedBy: 'ana', reason: 'simulated' };
  switch (wish) {
    case 'start again':
      askForRun(scene, 0);
      return;
    case 'start another mode':
      askForRun(scene, 1);
      return;
    case 'start a part':
      askForRun(scene, 0, 'first days');
      return;
    case 'override': {
      const tables = pipelineTables(shape.definitions[0].pipeline);
      const until = '2027-01-01' as Day;
      const table = tables[which % tables.length];
      bus.publish('phasegate-start', { override: run, table, until, ...signed });
      return;
    }
    case 'signoff':
      bus.publish('phasegate-start', { signoff: run, evidence: {}, ...signed });
      return;
    default:
      bus.publish('phasegate-start', { [wish]: run, ...signed });
  }
}
