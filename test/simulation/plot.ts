import type { RunId } from '../../shared/core/ids.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import type { Fact, RunStore } from '../../shared/ports/run-store.ts';
import { FOUND_OUT } from './coverage.ts';
import { drawCommit, drawState, type Moments, openMoments } from './moments.ts';
import { type Actor, meet, type Story } from './story.ts';

/**
 * What makes facts come late, when the run has moved on.
 * `overtaken`: for a while what is found out is held back, and the clock jumps over deadlines; `held`: without
 * the jumps; `changed`: as `overtaken`, from the moment at which somebody changes a table that has just passed;
 * `unstoppable`: the first execution neither ends nor stops until the run was given up, and its end is told late.
 */
const KINDS = ['overtaken', 'held', 'changed', 'unstoppable'] as const;
/** How often each kind is drawn; the last one takes long. */
const WEIGHTS = [5, 2, 3, 1];
const DRAWN = KINDS.flatMap((kind, at) => Array.from({ length: WEIGHTS[at]! }, () => kind));

export type Plot = {
  readonly kind: (typeof KINDS)[number] | null;
  readonly moments: Moments;
  /** What is held back: everything, or one kind of fact. */
  readonly types: readonly RunEvent['type'][];
  /** From when on what is found out is held back, on the clockwork, and how many facts are yet to be. */
  from: number;
  left: number;
  isOvertaken: boolean;
  /** Tells each fact that is held back now. */
  readonly held: Set<() => void>;
  /** When each fact may be told, whoever tells it; null: at once. */
  readonly told: Map<string, Promise<void> | null>;
};

const MINUTE_MS = 60_000;
/** First over the deadline of a run, or of a job; then over that of an execution that was asked to stop. */
const JUMPS = [
  [180 * MINUTE_MS, 180 * MINUTE_MS, 180 * MINUTE_MS, 15 * MINUTE_MS],
  [35 * MINUTE_MS],
] as const;
/** The longest that a fact is held back, in seconds, is one of these times up to 30. */
const PATIENCE = [5, 15, 40];
/** Within this time the reconciler sees that the clock has jumped, and somebody does something about it. */
const SEEN_SECONDS = 85;

/** Draws whether the story has a plot, and which. */
export function drawPlot({ tape, rates }: Story): Plot {
  const kind = rates.plot === 0 ? null : DRAWN[tape.draw('plot kind', DRAWN.length)]!;
  const [starts, plans, ...others] = FOUND_OUT;
  const groups = [kind === 'held' ? starts! : plans!, plans!, ...others, ...others.slice(-2)];
  const one = groups[tape.draw('plot type', groups.length)]!;
  const isAtOnce = kind === 'overtaken' && tape.draw('plot at once', 3) > 0;
  const from = isAtOnce ? 0 : tape.draw('plot from', 40) * 400;
  return {
    kind,
    moments: openMoments(),
    types:
      kind === 'changed'
        ? ['upstream-changed']
        : tape.draw('plot types', 3) === 0
          ? FOUND_OUT.flat()
          : one,
    from: kind === 'overtaken' || kind === 'held' ? from : Number.POSITIVE_INFINITY,
    left: 1 + tape.draw('plot length', 3),
    isOvertaken: false,
    held: new Set(),
    told: new Map(),
  };
}

/** What is found out from now on is told late. */
export function hold({ clock }: Story, plot: Plot): void {
  plot.from = Math.min(plot.from, clock.elapsed());
}

/** The clock jumps over deadlines while a fact is held back. */
function overtake(story: Story, plot: Plot): void {
  plot.isOvertaken = true;
  const { clock, tape } = story;
  const count = 1 + tape.draw('plot jumps', 2);
  let pause = 2_000;
  for (const lengths of JUMPS.slice(0, count)) {
    const length = lengths[tape.draw('plot jump', lengths.length)]!;
    clock.after(pause, () => {
      if (tape.isCalm()) return;
      plot.left = 0;
      meet(story, 'clock jumps');
      clock.jump(length);
    });
    pause += 30_000 + tape.draw('next jump', 12) * 10_000;
  }
}

/** The store as a process sees it in this plot. */
export function heldBack(story: Story, actor: Actor, plot: Plot, runs: RunStore): RunStore {
  const { rates, clock } = story;
  if (rates.plot === 0) return runs;
  const wait = async (run: RunId, fact: Fact, isFirst: boolean) => {
    const key = `${run}/${fact.id}`;
    const known = plot.told.get(key);
    const told = known === undefined ? drawHolding(story, plot, run, fact, isFirst) : known;
    plot.told.set(key, told);
    if (told === null) return;
    const jumped = clock.jumped();
    await told;
    if (isFirst && clock.jumped() > jumped) actor.die();
    if (!actor.isAlive()) await new Promise<never>(() => undefined);
  };
  return {
    ...runs,
    async post(run, fact) {
      await wait(run, fact, fact.event.type === 'run-requested');
      return runs.post(run, fact);
    },
    async postHolding(run, fact, holding) {
      await wait(run, fact, fact.event.type === 'run-requested');
      return runs.postHolding(run, fact, holding);
    },
    async commit(run, commit) {
      if (commit.posted !== undefined) await wait(run, commit.posted, false);
      return runs.commit(run, commit);
    },
  };
}

/** Held back until the run has moved on, but not for ever. Null: told at once. */
function drawHolding(
  story: Story,
  plot: Plot,
  run: RunId,
  { event }: Fact,
  isFirst: boolean,
): Promise<void> | null {
  const { clock, tape } = story;
  const isOpen = plot.left > 0 && clock.elapsed() >= plot.from && plot.types.includes(event.type);
  if (!isOpen || tape.isCalm() || (isFirst && plot.kind !== 'held')) return null;
  if (plot.kind !== 'changed' && tape.draw('held', 3) === 0) return null;
  meet(story, 'told late', event.type);
  plot.left -= 1;
  if (plot.kind !== 'held' && !plot.isOvertaken) overtake(story, plot);
  const patience = PATIENCE[tape.draw('patience', PATIENCE.length)]!;
  const shortest = plot.kind === 'held' ? 5 : SEEN_SECONDS;
  const longest = (shortest + tape.draw('held long', 30) * patience) * 1_000;
  const by = tape.draw('held until', 4);
  return new Promise((resolve) => {
    const tell = () => {
      plot.held.delete(tell);
      resolve();
    };
    plot.held.add(tell);
    clock.after(longest, tell, true);
    if (by === 0) return;
    const of = 'table' in event ? { run, table: event.table } : { run };
    const isNow =
      by === 3 ? drawCommit(tape, 'held commits', run) : drawState(tape, 'held until state', of);
    plot.moments.when(isNow, () => clock.after(1 + tape.draw('held on', 4), tell));
  });
}
