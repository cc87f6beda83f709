import { setTimeout as pause } from 'node:timers/promises';
import type { LocalWorld } from '../adapters/local/world.ts';
import { isEmpty } from '../core/day-set.ts';
import { PhasegateError } from '../core/errors.ts';
import type { RunId } from '../core/ids.ts';
import type { Definition } from '../core/pipeline.ts';
import { runIdOf } from '../core/request.ts';
import { isAtRest, type RunRequest } from '../core/run.ts';
import { requestHash } from '../edge/request-hash.ts';
import { readSchedule } from '../shell/read-schedule.ts';

const POLL_MS = 20;

/**
 * Publishes a start message and waits until a run has it. Null when interrupted.
 *
 * @param request as `checkedRequest` returned it
 * @throws PhasegateError `invalid-input` for a range without games; no run was made then
 */
export async function askForStart(
  world: LocalWorld,
  definition: Definition,
  request: RunRequest,
  by: string,
  interrupted: AbortSignal,
  reason = '',
): Promise<RunId | null> {
  await assertExpectsSomething(world, definition, request);
  const message = { ...request, requestedBy: by, reason };
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
  by = '',
): Promise<void> {
  const message = { repair: run, requestedBy: by, reason };
  const messageId = await world.bus.publish('phasegate-start', message);
  while (!interrupted.aborted) {
    const stored = await world.runs.load(run);
    const isFolded = stored?.inbox.every((fact) => fact.id !== messageId) ?? false;
    if (isFolded && (await world.runs.knows(run, messageId))) return;
    assertAlive(world, messageId);
    await pause(POLL_MS, undefined, { signal: interrupted }).catch(() => undefined);
  }
}

function assertAlive(world: LocalWorld, messageId: string): void {
  const dead = world.deadLetters().find((letter) => letter.id === messageId);
  if (dead !== undefined) throw new PhasegateError('invalid-input', dead.reason);
}

async function assertExpectsSomething(
  { warehouse }: LocalWorld,
  { pipeline }: Definition,
  { from, to }: RunRequest,
): Promise<void> {
  const { calendar } = await readSchedule(
    async (statement) => (await warehouse.query(statement)).rows,
    pipeline,
    [],
    from,
    to,
  );
  const expected = calendar.seasons.flatMap((season) => season.days);
  if (isEmpty(expected.filter((span) => span.to >= from && span.from <= to))) {
    throw new PhasegateError(
      'invalid-input',
      `${pipeline.calendar.schedule} has no final game from ${from} to ${to}, so nothing is expected and nothing could pass; load the schedule, or choose a range with games`,
    );
  }
}
