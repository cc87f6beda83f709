import type { RunEvent } from '../../shared/core/run-event.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import { type Actor, meet, type Story } from './story.ts';

/**
 * What makes facts come late, when the run has moved on.
 * `overtaken`: for a while everything that is found out is held back, and the clock jumps over the run's
 * deadlines; `held`: without the jump; `changed`: as `overtaken`, from the moment at which somebody changes a
 * table that has just passed; `unstoppable`: the first execution neither ends nor stops until the run was
 * given up, and its end is told late.
 */
const KINDS = ['overtaken', 'held', 'changed', 'unstoppable'] as const;

export type Plot = {
  readonly kind: (typeof KINDS)[number] | null;
  /** From when and until when what is said is held back; on the clockwork. */
  from: number;
  until: number;
};

/** People and time move a run on by themselves; these are said by those who work for it. */
const HELD: readonly RunEvent['type'][] = [
  'run-requested',
  'outcomes-read',
  'outcomes-unreadable',
  'gate-waiting',
  'launch-confirmed',
  'upstream-changed',
  'job-succeeded',
  'job-failed',
  'gate-judged',
  'roll-called',
];

/** Draws whether the story has a plot, and which; its holding back begins by itself. */
export function drawPlot(story: Story): Plot {
  const { tape, rates } = story;
  const kind = rates.plot === 0 ? null : KINDS[tape.draw('plot kind', KINDS.length)]!;
  const plot: Plot = { kind, from: Number.POSITIVE_INFINITY, until: 0 };
  if (kind === 'overtaken' || kind === 'held') {
    const isAtOnce = kind === 'overtaken' && tape.draw('plot at once', 3) > 0;
    hold(story, plot, isAtOnce ? 0 : tape.draw('plot from', 40) * 400);
  }
  return plot;
}

/** Everything that is found out from then on is told late. */
export function hold(story: Story, plot: Plot, pause: number): void {
  const { tape, clock } = story;
  plot.from = clock.elapsed() + pause;
  plot.until = plot.from + 1_000 + tape.draw('plot length', 8) * 9_000;
  if (plot.kind === 'held') return;
  clock.after(pause + 2_000, () => {
    if (tape.isCalm()) return;
    meet(story, 'clock jumps');
    clock.jump(3 * 3_600_000);
  });
}

/** The store as a process sees it in this plot. */
export function heldBack(story: Story, actor: Actor, plot: Plot, runs: RunStore): RunStore {
  if (story.rates.plot === 0) return runs;
  const { clock, tape } = story;
  const wait = async ({ type }: RunEvent) => {
    const now = clock.elapsed();
    const isOpen = now >= plot.from && now < plot.until && HELD.includes(type);
    const isFirst = type === 'run-requested' && plot.kind !== 'held';
    if (!isOpen || isFirst || tape.isCalm() || tape.draw(`${actor.name} held`, 3) === 0) return;
    meet(story, 'told late', type);
    const isEnd = type === 'job-succeeded' || type === 'job-failed';
    const isLong = isEnd && tape.draw('held long', 3) > 0;
    const seconds = isLong ? 1_860 + tape.draw('held', 30) * 30 : 5 + tape.draw('held', 30) * 5;
    await new Promise<void>((resolve) => clock.after(seconds * 1_000, resolve));
    if (!actor.isAlive()) await new Promise<never>(() => undefined);
  };
  return {
    ...runs,
    async post(run, fact) {
      await wait(fact.event);
      return runs.post(run, fact);
    },
    async commit(run, commit) {
      if (commit.posted !== undefined) await wait(commit.posted.event);
      return runs.commit(run, commit);
    },
  };
}
