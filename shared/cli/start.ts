import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { today } from '../adapters/local/today.ts';
import type { LocalWorld } from '../adapters/local/world.ts';
import { isEmpty } from '../core/day-set.ts';
import { parseDay } from '../core/days.ts';
import { PhasegateError } from '../core/errors.ts';
import { parsePhaseName, type RunId } from '../core/ids.ts';
import type { Definition } from '../core/pipeline.ts';
import { checkedRequest, runIdOf } from '../core/request.ts';
import { isAtRest, type Mode, type RunRequest } from '../core/run.ts';
import { doneLine, exitCodeOf, verdictsOf } from '../core/view/run-lines.ts';
import { requestHash } from '../edge/request-hash.ts';
import { readSchedule } from '../shell/read-schedule.ts';
import { follow } from './follow.ts';
import type { ExitCode, Output } from './output.ts';
import { runJson } from './run-json.ts';
import { type WorldOptions, withWorld } from './with-world.ts';

export type StartOptions = WorldOptions &
  Readonly<{
    from: string;
    to: string;
    phases?: string;
    mode: Mode;
    follow?: boolean;
    json?: boolean;
    reason?: string;
    by?: string;
  }>;

/** Publishes a start message. Without an owner of the world, runs it here to the end. */
export async function start(options: StartOptions, output: Output): Promise<ExitCode> {
  return withWorld(options, output, async (world, definition, interrupted) => {
    const request = requestOf(options, definition);
    await assertExpectsSomething(world, definition, request);
    const messageId = await world.bus.publish('phasegate-start', {
      ...request,
      requestedBy: options.by ?? process.env.USER ?? 'cli',
      reason: options.reason ?? '',
    });
    const run = await runOfMessage(world, request, messageId, interrupted);
    if (run === null) return 130;
    if (!world.isOwner && options.follow !== true) {
      if (options.json === true) output.json({ run });
      else output.line(`started ${run}; see it with: npx phasegate status ${run}`);
      return 0;
    }
    return followToTheEnd(world, run, options, output, interrupted);
  });
}

/** Shows the run until it is at rest, and says how it ended. */
export async function followToTheEnd(
  world: LocalWorld,
  run: RunId,
  options: Readonly<{ json?: boolean }>,
  output: Output,
  interrupted: AbortSignal,
): Promise<ExitCode> {
  const state = await follow(world.runs, run, output, interrupted);
  if (state === null) {
    output.note(`interrupted; the same command goes on with ${run}`);
    return 130;
  }
  if (options.json === true) {
    output.json(runJson(state));
  } else {
    output.line(`run ${run}: ${state.status}`);
    if (state.message !== null) output.line(state.message);
    if (state.status !== 'passed') output.line(`next: npx phasegate report ${run}`);
    output.line(doneLine(Object.values(verdictsOf(state))));
  }
  return exitCodeOf(state.status);
}

function requestOf(options: StartOptions, { pipeline }: Definition): RunRequest {
  const phases = (options.phases ?? '').split(',').filter((phase) => phase !== '');
  return checkedRequest(
    pipeline,
    {
      pipeline: pipeline.name,
      from: parseDay(options.from),
      to: parseDay(options.to),
      phases: phases.map(parsePhaseName),
      mode: options.mode,
    },
    today(pipeline.timeZone),
  );
}

async function assertExpectsSomething(
  { warehouse }: LocalWorld,
  { pipeline }: Definition,
  { from, to }: RunRequest,
): Promise<void> {
  const { calendar } = await readSchedule(warehouse, pipeline, from, to);
  const expected = calendar.seasons.flatMap((season) => season.days);
  if (isEmpty(expected.filter((span) => span.to >= from && span.from <= to))) {
    throw new PhasegateError(
      'invalid-input',
      `${pipeline.calendar.schedule} has no final game from ${from} to ${to}, so nothing is expected and nothing could pass; load the schedule, or choose a range with games`,
    );
  }
}

/** The run that a message started or joined. */
async function runOfMessage(
  world: LocalWorld,
  request: RunRequest,
  messageId: string,
  interrupted: AbortSignal,
): Promise<RunId | null> {
  const hash = requestHash(request);
  while (!interrupted.aborted) {
    for (let repetition = 1; ; repetition++) {
      const run = runIdOf(request, hash, repetition);
      if (await world.runs.knows(run, messageId)) return run;
      const stored = await world.runs.load(run);
      if (stored?.state == null || !isAtRest(stored.state.status)) break;
    }
    const dead = world.deadLetters().find((letter) => letter.id === messageId);
    if (dead !== undefined) throw new PhasegateError('invalid-input', dead.reason);
    await pause(20, undefined, { signal: interrupted }).catch(() => undefined);
  }
  return null;
}

/** An id for what a person does by hand. */
export function handId(what: string): string {
  return `${what}-${randomUUID()}`;
}
