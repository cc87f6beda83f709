import { decide } from '../core/decide.ts';
import { isKind } from '../core/errors.ts';
import { fingerprint } from '../core/fingerprint.ts';
import type { RunId } from '../core/ids.ts';
import type { RunStep } from '../core/lineage/run-step.ts';
import type { Effect, RunState } from '../core/run.ts';
import type { RunEvent } from '../core/run-event.ts';
import type { Fact, Promised, StoredRun } from '../ports/run-store.ts';
import type { World } from '../ports/world.ts';
import { asOne } from './in-turn.ts';
import { perform } from './perform.ts';

type Core = Pick<World, 'runs' | 'bus' | 'pipelineOf' | 'onFolded'>;

/**
 * Posts a fact under its id, then does what follows from it. Safe to call again with the same fact. Where
 * nothing else waits to be folded, it is posted and folded by one commit.
 */
export async function record(world: Core, run: RunId, id: string, event: RunEvent): Promise<void> {
  const stored = await world.runs.load(run);
  if (stored?.state != null && stored.inbox.length === 0) {
    const promised = await foldAtOnce(world, stored, stored.state, { id, event });
    if (promised !== null) {
      await keep(world, run, promised);
      if (stored.outbox.length > 0) await drainTogether(world, run, id);
      return;
    }
  }
  await world.runs.post(run, { id, event });
  await drainTogether(world, run, id);
}

type Drain = (run: RunId, by: string) => Promise<void>;
const drains = new WeakMap<Core, Drain>();

/** Of one run a world has at most one drain that goes on, and one that waits: whoever asks meanwhile shares that one. */
function drainTogether(world: Core, run: RunId, by: string): Promise<void> {
  const together =
    drains.get(world) ?? asOne((each: RunId, name: string) => drain(world, each, name));
  drains.set(world, together);
  return together(run, by);
}

/** What the commit promised; null when somebody else was first, or the fact is known. */
async function foldAtOnce(
  { runs, pipelineOf, onFolded }: Core,
  { id: run, version: expected }: StoredRun,
  state: RunState,
  posted: Fact,
): Promise<readonly Promised[] | null> {
  const step = decide(await pipelineOf(state.definition), state, posted.event);
  if (step === null) return null;
  try {
    const promised = await runs.commit(run, { expected, folded: [], posted, ...step });
    onFolded?.([{ before: state, event: posted.event, after: step.state }]);
    return promised;
  } catch (error) {
    if (!isKind(error, 'conflict')) throw error;
    return null;
  }
}

/**
 * Folds all pending facts in one commit, then performs what was promised and only then forgets it:
 * a crash repeats, and never loses. A lost race means that someone else folded; look again.
 *
 * @param by drainers that go by different names seldom perform the same promise
 */
export async function drain(world: Core, run: RunId, by = ''): Promise<void> {
  for (;;) {
    const stored = await world.runs.load(run);
    if (stored === null) return;
    if (await fold(world, stored)) continue;
    if (stored.outbox.length === 0) return;
    await keep(world, run, shareOf(stored.outbox, by));
  }
}

/** So many drainers may be at one outbox before they often meet. */
const DRAINERS = 16;

/** What a drainer performs before it looks again what is left: it begins where its name says. */
function shareOf(outbox: readonly Promised[], by: string): readonly Promised[] {
  const { length } = outbox;
  const first = Number.parseInt(fingerprint(`${by} ${length}`).slice(0, 8), 16) % length;
  const fromThere = [...outbox.slice(first), ...outbox.slice(0, first)];
  return fromThere.slice(0, Math.ceil(length / DRAINERS));
}

/** A promise is forgotten only when it was kept. */
async function keep(world: Core, run: RunId, promised: readonly Promised[]): Promise<void> {
  for (const { seq, effect } of promised) {
    await perform(world, run, effect);
    await world.runs.settle(run, seq);
  }
}

/** True when there was something to fold, by us or by whoever won the race. */
async function fold({ runs, pipelineOf, onFolded }: Core, stored: StoredRun): Promise<boolean> {
  const definition = definitionOf(stored);
  if (stored.inbox.length === 0 || definition === null) return false;
  const pipeline = await pipelineOf(definition);
  let state: RunState | null = stored.state;
  const effects: Effect[] = [];
  const folded: string[] = [];
  const steps: RunStep[] = [];
  for (const { id, event } of requestsFirst(stored)) {
    const step = decide(pipeline, state, event);
    if (step === null) continue;
    steps.push({ before: state, event, after: step.state });
    state = step.state;
    effects.push(...step.effects);
    folded.push(id);
  }
  if (state === null) return false;
  try {
    await runs.commit(stored.id, { expected: stored.version, state, folded, effects });
    onFolded?.(steps);
  } catch (error) {
    if (!isKind(error, 'conflict')) throw error;
  }
  return true;
}

/** The definition the run was started with, which may still lie in the inbox. */
function definitionOf({ state, inbox }: StoredRun): string | null {
  if (state !== null) return state.definition;
  const request = inbox.map(({ event }) => event).find(({ type }) => type === 'run-requested');
  return request?.type === 'run-requested' ? request.definition : null;
}

function requestsFirst({ inbox }: StoredRun) {
  const isRequest = (event: RunEvent) => event.type === 'run-requested';
  return [
    ...inbox.filter(({ event }) => isRequest(event)),
    ...inbox.filter(({ event }) => !isRequest(event)),
  ];
}
