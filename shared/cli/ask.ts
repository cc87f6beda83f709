import { setTimeout as pause } from 'node:timers/promises';
import type { LocalWorld } from '../adapters/local/local-world.ts';
import { PhasegateError } from '../core/errors.ts';
import type { RunId } from '../core/ids.ts';
import type { Definition } from '../core/pipeline.ts';
import { runIdOf } from '../core/request.ts';
import { isAtRest, type RunRequest } from '../core/run.ts';
import { inWorld } from '../core/view/in-world.ts';
import { requestHash } from '../edge/request-hash.ts';
import { assertExpectsSomething } from '../shell/read-plan.ts';
import { readSchedule } from '../shell/read-schedule.ts';
import { askHere } from './ask-here.ts';

const POLL_MS = 20;

/**
 * Publishes a start message and waits until a run has it. Null when interrupted.
 *
 * @param request as `checkedRequest` returned it
 * @param plan hash of the plan that was agreed to: with another one the run does nothing
 * @throws PhasegateError `invalid-input` for a range without games; no run was made then
 */
export async function askForStart(
  world: LocalWorld,
  definition: Definition,
  request: RunRequest,
  by: string,
  interrupted: AbortSignal,
  reason = '',
  plan?: string,
): Promise<RunId | null> {
  await refuseWithoutGames(world, definition, request);
  const message = {
    ...request,
    requestedBy: by,
    reason,
    ...(plan === undefined ? {} : { plan }),
  };
  const messageId = await world.bus.publish('phasegate-start', message);
  const hash = requestHash(request);
  while (!interrupted.aborted) {
    for (let repetition = 1; ; repetition++) {
      const run = runIdOf(request, hash, repetition);
      if (await world.runs.knows(run, messageId)) return run;
      const stored = await world.runs.load(run);
      if (stored?.state == null || !isAtRest(stored.state.status)) break;
    }
    assertAlive(world, messageId);
    await pause(POLL_MS, undefined, { signal: interrupted }).catch(() => undefined);
  }
  return null;
}

/** Publishes the wish to repair a run and waits until the run has it, or the wait is interrupted. */
export async function askForRepair(
  world: LocalWorld,
  run: RunId,
  reason: string,
  interrupted: AbortSignal,
): Promise<void> {
  await askOfRun(world, run, { repair: run, reason }, interrupted);
}

/**
 * Publishes a wish about a run on `phasegate-start` and waits until the run has folded it; where nobody takes
 * messages, the run folds it in this process. False when the wait was interrupted: the run may have it later.
 *
 * @throws PhasegateError `invalid-input` when the message died: nothing happened then
 */
export async function askOfRun(
  world: LocalWorld,
  run: RunId,
  message: Readonly<Record<string, unknown>>,
  interrupted: AbortSignal,
): Promise<boolean> {
  if (world.owner.busUrl === null) {
    await askHere(world, message);
    return true;
  }
  const messageId = await world.bus.publish('phasegate-start', message);
  while (!interrupted.aborted) {
    const stored = await world.runs.load(run);
    const isFolded = stored?.inbox.every((fact) => fact.id !== messageId) ?? false;
    if (isFolded && (await world.runs.knows(run, messageId))) return true;
    assertAlive(world, messageId);
    await pause(POLL_MS, undefined, { signal: interrupted }).catch(() => undefined);
  }
  return false;
}

/** What to say where `askOfRun` was interrupted. */
export function sentLine(what: string, run: RunId, world: string): string {
  const status = inWorld(`npx phasegate status ${run}`, world);
  return `interrupted; the ${what} was sent and may still be kept: see ${status}`;
}

function assertAlive(world: LocalWorld, messageId: string): void {
  const dead = world.deadLetters().find((letter) => letter.id === messageId);
  if (dead !== undefined) throw new PhasegateError('invalid-input', dead.reason);
}

async function refuseWithoutGames(
  { warehouse }: LocalWorld,
  { pipeline }: Definition,
  request: RunRequest,
): Promise<void> {
  const { calendar } = await readSchedule(
    async (statement) => (await warehouse.query(statement)).rows,
    pipeline,
    [],
    request.from,
    request.to,
  );
  assertExpectsSomething(pipeline, calendar, request);
}
