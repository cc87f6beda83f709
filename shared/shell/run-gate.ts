import { isKind, PhasegateError } from '../core/errors.ts';
import type { RunId, TableName } from '../core/ids.ts';
import type { TableJudgement } from '../core/judge/facts.ts';
import type { GateRequestedMessage } from '../core/messages.ts';
import type { OutcomeDays } from '../core/outcome.ts';
import type { Table } from '../core/pipeline.ts';
import { tablesOfRun } from '../core/plan.ts';
import type { RunEvent, RunState, TableVerdict } from '../core/run.ts';
import { VALIDATION_RESULTS } from '../core/system-tables.ts';
import type { World } from '../ports/world.ts';
import { type Assessment, assess } from './assess.ts';
import { record } from './drain.ts';
import { evidenceRows } from './evidence.ts';

/**
 * Reads the data for whoever asked (a plan, a table, a phase) and records what it showed. A
 * delivery that was answered before is not worked on again. Trouble that may pass is thrown, so
 * that the question is asked again; trouble that will not pass is an answer: UNKNOWN.
 */
export async function runGate(world: World, message: GateRequestedMessage): Promise<void> {
  const { run, round } = message;
  const state = (await world.runs.load(run))?.state;
  if (state == null) {
    throw new PhasegateError(
      'invalid-input',
      `a gate was asked for run ${run}, which nobody started`,
    );
  }
  const factId = factIdOf(message);
  if (state.round !== round || (await world.runs.knows(run, factId))) return;
  await record(world, run, factId, await answer(world, state, message, factId));
}

async function answer(
  world: World,
  state: RunState,
  message: GateRequestedMessage,
  factId: string,
): Promise<RunEvent> {
  const pipeline = await world.pipelineOf(state.definition);
  const tables = tablesOfRun(pipeline, state.request).filter((table) => isAsked(table, message));
  const { from, to } = state.request;
  const at = world.now();
  const id = `${state.run}-${factId}`.replaceAll(/[^A-Za-z0-9]/g, '-');
  const evidence = `${id}-${at.replaceAll(/[^0-9]/g, '')}`;
  try {
    const assessment = await assess(
      world.warehouse,
      pipeline,
      {
        id,
        relations: tables,
        from,
        to,
        wholeSeason: message.what === 'outcomes',
        labels: { run: labelOf(state.run), gate: labelOf(factId) },
      },
      at,
    );
    if (message.what !== 'outcomes')
      await keepEvidence(world, state.run, evidence, assessment, state, at);
    return eventOf(message, assessment, evidence, world.now());
  } catch (error) {
    if (isKind(error, 'unavailable') || !(error instanceof PhasegateError)) throw error;
    return unknownEvent(message, tables, error.message, evidence, at);
  }
}

function eventOf(
  message: GateRequestedMessage,
  { schedule, tables }: Assessment,
  evidence: string,
  at: string,
): RunEvent {
  const { round } = message;
  if (message.what === 'outcomes') {
    const outcomes: Record<TableName, OutcomeDays> = {};
    for (const each of tables) outcomes[each.judgement.table] = each.outcomes;
    return { type: 'outcomes-read', round, calendar: schedule.calendar, outcomes, at };
  }
  const verdicts: Record<TableName, TableVerdict> = {};
  for (const { judgement } of tables) verdicts[judgement.table] = summary(judgement, evidence);
  return verdictEvent(message, verdicts, at);
}

function unknownEvent(
  message: GateRequestedMessage,
  tables: readonly Table[],
  reason: string,
  evidence: string,
  at: string,
): RunEvent {
  if (message.what === 'outcomes') {
    return { type: 'outcomes-unreadable', round: message.round, message: reason, at };
  }
  const verdict: TableVerdict = { verdict: 'UNKNOWN', badDays: [], message: reason, evidence };
  const verdicts: Record<TableName, TableVerdict> = {};
  for (const table of tables) verdicts[table.name] = verdict;
  return verdictEvent(message, verdicts, at);
}

function verdictEvent(
  message: Exclude<GateRequestedMessage, { what: 'outcomes' }>,
  verdicts: Readonly<Record<TableName, TableVerdict>>,
  at: string,
): RunEvent {
  const { round } = message;
  if (message.what === 'phase') {
    return { type: 'roll-called', phase: message.phase, round, tables: verdicts, at };
  }
  const { table, attempt } = message;
  const verdict = verdicts[table];
  if (verdict === undefined)
    throw new PhasegateError('invalid-input', `no table ${table} in this run`);
  return { type: 'gate-judged', table, round, attempt, at, ...verdict };
}

function summary({ verdict, badDays, checks }: TableJudgement, evidence: string): TableVerdict {
  const trouble = checks.filter((check) => check.verdict !== 'PASS');
  const message = trouble
    .map((check) => `${check.id}: ${check.message}`)
    .slice(0, 5)
    .join('; ');
  return { verdict, badDays, message, evidence };
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
      return `gate:${round}:${message.table}:${message.attempt}`;
    case 'phase':
      return `roll:${round}:${message.phase}`;
  }
}

/** As BigQuery takes a label's value: at most 63 of a-z, 0-9, `-` and `_`. */
function labelOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, '-')
    .slice(0, 63);
}

async function keepEvidence(
  { warehouse }: World,
  run: RunId,
  id: string,
  assessment: Assessment,
  { request }: RunState,
  at: string,
): Promise<void> {
  const judgements = assessment.tables.map((table) => table.judgement);
  const { calendar } = assessment.schedule;
  const rows = evidenceRows(judgements, calendar, {
    evidence: id,
    run,
    from: request.from,
    to: request.to,
    at,
  });
  await warehouse.append(VALIDATION_RESULTS.name, rows, { jobId: `${id}-evidence` });
}
