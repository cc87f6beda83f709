import { setTimeout as pause } from 'node:timers/promises';
import { countDays, type DaySet } from '../core/day-set.ts';
import type { TableName } from '../core/ids.ts';
import { isAtRest, type RunState } from '../core/run.ts';
import { rememberWork, tableProgress, type Watched } from '../core/view/progress.ts';
import { daysEvent, type ProgressEvent, progressEvents } from '../core/view/progress-events.ts';
import type { Output } from './output.ts';
import { connection } from './watch/connection.ts';
import { type Display, displayOn } from './watch/display.ts';
import { readAside } from './watch/read-aside.ts';
import type { Watching } from './watch/watching.ts';

const TOLD_EVERY_MS = 1000;

/** How watching ended: the run came to rest, a person stopped it, or nobody carries it on any more. */
export type Followed =
  | Readonly<{ end: 'at-rest'; state: RunState }>
  | Readonly<{ end: 'interrupted' | 'abandoned' }>;

export type FollowOptions = Readonly<{
  /** A JSON object a fact, on stdout. */
  isJson?: boolean;
  /** Goes on where nobody carries the run any more, and where a look fails as `unavailable`: says so, and when it is over. */
  outlasts?: boolean;
  /** What was told of the run already, so only what happened after it is. */
  since?: RunState | null;
}>;

/**
 * Shows a run until it is at rest: a block that redraws itself on a terminal, one line for each thing that happened
 * elsewhere.
 *
 * @throws PhasegateError as a look does
 */
export async function follow(
  watching: Watching,
  output: Output,
  interrupted: AbortSignal,
  { isJson = false, outlasts = false, since = null }: FollowOptions = {},
): Promise<Followed> {
  const display = displayOn(output, isJson);
  let state = since;
  const told = readAside(new Map(), TOLD_EVERY_MS, async () =>
    state === null ? new Map() : watching.told(state),
  );
  const past = readAside(new Map(), Number.POSITIVE_INFINITY, watching.past);
  const phases = readAside([], Number.POSITIVE_INFINITY, async () =>
    state === null ? [] : watching.phases(state),
  );
  const line = connection(watching, outlasts, display.tell);
  let work: ReadonlyMap<TableName, DaySet> = new Map();
  const tellDays = daysTeller(display);
  try {
    while (!interrupted.aborted) {
      const now = new Date().toISOString();
      const seen = await line.look(now);
      if (seen !== null) {
        for (const event of progressEvents(state, seen.state, now)) {
          display.tell(await withChecks(watching, event));
        }
        state = seen.state;
        work = rememberWork(work, state);
        const isOver = isAtRest(state.status);
        const isAny = !isOver && Object.values(state.tables).some(({ tag }) => tag === 'running');
        const watched: Watched = {
          state,
          phases: phases.last(),
          work,
          told: isAny ? told.last() : new Map(),
          past: isAny ? past.last() : new Map(),
          now,
        };
        tellDays(watched);
        display.draw(watched);
        const isLeft = outlasts && watching.carrier() === null;
        if (isOver && (seen.isQuiet || isLeft)) return { end: 'at-rest', state };
      }
      if (!outlasts && watching.carrier() === null) return { end: 'abandoned' };
      await pause(watching.pollMs, undefined, { signal: interrupted }).catch(() => undefined);
    }
    return { end: 'interrupted' };
  } finally {
    output.keep();
    await Promise.all([told.rest(), past.rest(), phases.rest()]);
  }
}

/** A gate's numbers, where its evidence can be read; without them it is told all the same. */
async function withChecks(watching: Watching, event: ProgressEvent): Promise<ProgressEvent> {
  if (!('evidence' in event) || event.evidence === undefined) return event;
  try {
    const checks = await watching.checks(event.evidence, event.table);
    return checks === null ? event : { ...event, checks };
  } catch {
    return event;
  }
}

function daysTeller(display: Display): (watched: Watched) => void {
  const before = new Map<TableName, Readonly<{ done: number; failed: number }>>();
  return (watched) => {
    for (const table of watched.told.keys()) {
      const progress = tableProgress(watched, table);
      if (progress?.state.tag !== 'running') continue;
      const [done, failed, of] = [progress.done, progress.failed, progress.work].map(countDays);
      const days = { done: done ?? 0, failed: failed ?? 0, of: of ?? 0 };
      const event = daysEvent(watched.state, table, before.get(table), days, watched.now);
      if (event !== null) display.tell(event);
      before.set(table, days);
    }
  };
}
