import { isKind, PhasegateError } from '../core/errors.ts';
import type { GateRequestedMessage } from '../core/messages.ts';
import type { Table } from '../core/pipeline.ts';
import { tablesOfRun } from '../core/plan.ts';
import type { Instant, RunState } from '../core/run.ts';
import type { RunEvent } from '../core/run-event.ts';
import type { World } from '../ports/world.ts';
import { type Assessment, assess } from './assess.ts';
import { record } from './drain.ts';
import { eventOf, unknownEvent } from './gate-answer.ts';
import { type GateHead, keepEvidence } from './keep-evidence.ts';
import { lastingTrouble } from './lasting-trouble.ts';
import { writerOf } from './launch-lock.ts';
import { beforeJudging, NOTHING_PUBLISHED, updateViews } from './publish-verified.ts';
import { withCauses } from './with-causes.ts';

/** No handler holds a message longer than 120 s; a gate runs several statements. */
const HANDLER_WAIT_MS = 20_000;

/**
 * Reads the data for whoever asked (a plan, a table, a phase) and records what it showed. A
 * delivery that was answered before is not worked on again. Trouble that may pass is thrown, so
 * that the question is asked again; trouble that will not pass is an answer: UNKNOWN. A statement
 * that takes too long is left running: the question is asked again and finds it by its job id. No table
 * is judged while a launch may still write it: that question is asked again as well.
 *
 * @param waitMilliseconds for one statement
 */
export async function runGate(
  world: World,
  message: GateRequestedMessage,
  waitMilliseconds = HANDLER_WAIT_MS,
): Promise<void> {
  const { run } = message;
  const state = await world.runs.state(run);
  if (state === null) {
    throw new PhasegateError(
      'invalid-input',
      `a gate was asked for run ${run}, which nobody started`,
    );
  }
  const factId = factIdOf(message);
  if (!isOpen(state, message) || (await world.runs.knows(run, factId))) return;
  const event = await answer(world, state, message, factId, waitMilliseconds);
  const id = event.type === 'gate-waiting' ? `${factId}:waiting:${event.at}` : factId;
  await record(world, run, id, event);
}

async function answer(
  world: World,
  state: RunState,
  message: GateRequestedMessage,
  factId: string,
  waitMilliseconds: number,
): Promise<RunEvent> {
  const pipeline = await world.pipelineOf(state.definition);
  const tables = tablesOfRun(pipeline, state.request).filter((table) => isAsked(table, message));
  const { from, to } = state.request;
  const at = world.now();
  const id = `${state.run}-${factId}`.replaceAll(/[^A-Za-z0-9]/g, '-');
  const evidence = `${id}-${at.replaceAll(/[^0-9]/g, '')}`;
  const asked = {
    id,
    relations: tables,
    from,
    to,
    wholeSeason: message.what === 'outcomes',
    waitMilliseconds,
    labels: { run: labelOf(state.run), gate: labelOf(factId) },
  };
  const names = tables.map(({ name }) => name);
  const writer =
    message.what === 'outcomes' ? null : await writerOf(world.runs, names, { from, to });
  if (writer !== null) {
    return { type: 'gate-waiting', round: message.round, job: `launch ${writer}`, at };
  }
  let assessment: Assessment | null = null;
  let before = NOTHING_PUBLISHED;
  let found: Assessment | Readonly<{ trouble: string }>;
  try {
    if (message.what === 'phase') before = await beforeJudging(world, pipeline, tables);
    assessment = await assess(world.warehouse, pipeline, asked, at);
    found = assessment;
  } catch (error) {
    if (isKind(error, 'pending')) {
      return { type: 'gate-waiting', round: message.round, job: error.message, at: world.now() };
    }
    found = { trouble: lastingTrouble(error) };
  }
  const keep = async (kept: string, what: typeof found) => {
    if (message.what === 'outcomes') return;
    try {
      await keepEvidence(world, await headOf(world, state, message, kept, at), what);
    } catch (error) {
      if (!isKind(error, 'conflict')) throw error;
      const told = `another delivery of this question, of the same instant, answers it (${kept})`;
      throw new PhasegateError('unavailable', told, error);
    }
  };
  let event =
    'trouble' in found
      ? unknownEvent(message, tables, found.trouble, evidence, at)
      : await withCauses(
          world.warehouse,
          pipeline,
          state,
          asked,
          found.tables,
          eventOf(message, found, evidence, world.now()),
        );
  if (event.type === 'gate-waiting') return event;
  const unknown = (trouble: string, id: string) =>
    unknownEvent(message, tables, trouble, id, at, 'bytes' in event ? event.bytes : undefined);
  try {
    await keep(evidence, found);
  } catch (error) {
    event = unknown(`its evidence could not be kept: ${lastingTrouble(error)}`, evidence);
  }
  if (assessment === null) return event;
  try {
    return await updateViews(world.warehouse, pipeline, state, event, assessment, before);
  } catch (error) {
    const trouble = lastingTrouble(error);
    const unpublished = `${evidence}-unpublished`;
    await keep(unpublished, { trouble });
    return unknown(trouble, unpublished);
  }
}

async function headOf(
  { runs, now }: World,
  { run, request, definition }: RunState,
  message: Exclude<GateRequestedMessage, { what: 'outcomes' }>,
  id: string,
  startedAt: Instant,
): Promise<GateHead> {
  const events = (await runs.facts(run)).map(({ event }) => event);
  const requested = events.find((event) => event.type === 'run-requested');
  return {
    id,
    run,
    pipeline: request.pipeline,
    definition,
    policy: 'backfill',
    from: request.from,
    to: request.to,
    gate: null,
    phase: message.what === 'phase' ? message.phase : null,
    table: message.what === 'table' ? message.table : null,
    startedAt,
    endedAt: now(),
    requestedBy: requested?.by ?? '',
  };
}

/** Whether the run waits for this answer: one that came too early would stand for the one that is asked for later. */
function isOpen(state: RunState, message: GateRequestedMessage): boolean {
  if (state.round !== message.round) return false;
  if (message.what === 'outcomes') return state.status === 'reading';
  if (state.status !== 'live') return false;
  if (message.what === 'phase') {
    return state.phases[message.phase] === 'calling-roll' && state.look === message.look;
  }
  const own = state.tables[message.table];
  return own?.tag === 'verifying' && own.attempt === message.attempt && own.look === message.look;
}

function isAsked(table: Table, message: GateRequestedMessage): boolean {
  if (message.what === 'table') return table.name === message.table;
  return message.what === 'outcomes' || table.phase === message.phase;
}

function factIdOf(message: GateRequestedMessage): string {
  const { round } = message;
  switch (message.what) {
    case 'outcomes':
      return `outcomes:${round}`;
    case 'table':
      return `gate:${round}:${message.table}:${message.attempt}${again(message.look)}`;
    case 'phase':
      return `roll:${round}:${message.phase}${again(message.look)}`;
  }
}

const again = (look: number) => (look === 0 ? '' : `:${look}`);

/** As BigQuery takes a label's value: at most 63 of a-z, 0-9, `-` and `_`. */
function labelOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, '-')
    .slice(0, 63);
}
