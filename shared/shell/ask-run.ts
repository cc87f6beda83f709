import { PhasegateError } from '../core/errors.ts';
import type { AskingMessage } from '../core/messages.ts';
import type { Pipeline } from '../core/pipeline.ts';
import type { Instant, RunState } from '../core/run.ts';
import type { Asking } from '../core/run-event.ts';
import { dayAt } from '../core/time-zone.ts';
import type { World } from '../ports/world.ts';
import { record } from './drain.ts';
import { WAKES } from './refuse-overlap.ts';
import { endStart, setGoing } from './set-going.ts';

/**
 * Records what a person asks of a run: repair, retry, cancel, pause, resume, an override, a sign-off. What
 * does not fit the state of the run, and a message that was delivered before, change nothing.
 *
 * @throws PhasegateError `invalid-input` for a run that nobody knows, for a table or evidence it does not have, for an
 *   override that is over, and when it
 *   would wake beside a live run that writes a table on the same days; `unavailable` while it is only being started
 */
export async function askRun(
  world: Pick<World, 'runs' | 'bus' | 'pipelineOf' | 'now'>,
  messageId: string,
  message: AskingMessage,
): Promise<void> {
  const { run } = message;
  const stored = await world.runs.load(run);
  if (stored === null) {
    throw new PhasegateError('invalid-input', `no run ${run}; \`phasegate status\` lists the runs`);
  }
  if (await world.runs.knows(run, messageId)) return endStart(world, messageId);
  if (stored.state != null) {
    const pipeline = await world.pipelineOf(stored.state.definition);
    const wrong = wrongWith(message, pipeline, stored.state, world.now());
    if (wrong !== null) throw new PhasegateError('invalid-input', wrong);
  }
  const event = askingOf(message, world.now());
  if (WAKES.includes(event.type)) {
    if (stored.state === null) {
      throw new PhasegateError('unavailable', `run ${run} is only being started; ask again`);
    }
    const { definition, request } = stored.state;
    const pipeline = await world.pipelineOf(definition);
    return setGoing(world, pipeline, request, run, messageId, event);
  }
  await record(world, run, messageId, event);
}

/** Why this can never be asked of the run; null when it can. */
function wrongWith(
  message: AskingMessage,
  { timeZone }: Pipeline,
  { run, tables }: RunState,
  now: Instant,
): string | null {
  if (message.what === 'override') {
    const { table, until } = message;
    if (!(table in tables)) {
      return `${table} is not in run ${run}; accepted: ${Object.keys(tables).join(', ')}`;
    }
    const today = dayAt(now, timeZone);
    return until < today ? `an override until ${until} is over; accepted: ${today} or later` : null;
  }
  if (message.what !== 'signoff') return null;
  const own = Object.values(tables).flatMap((table) => ('evidence' in table ? table.evidence : []));
  const foreign = Object.keys(message.evidence).find((id) => !own.includes(id));
  return foreign === undefined ? null : `evidence ${foreign} is not of run ${run}`;
}

function askingOf(message: AskingMessage, at: Instant): Asking {
  const signed = { by: message.requestedBy, reason: message.reason, at };
  switch (message.what) {
    case 'override': {
      const { table, until } = message;
      return { type: 'override-signed', table, until, ...signed };
    }
    case 'signoff':
      return { type: 'signed-off', evidence: message.evidence, ...signed };
    default:
      return { type: `${message.what}-requested`, ...signed };
  }
}
