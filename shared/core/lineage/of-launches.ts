import { launchId, type TableName } from '../ids.ts';
import { tableNamed } from '../pipeline.ts';
import type { RunEvent } from '../run-event.ts';
import { type Busy, isBusy, type TableState } from '../table-state.ts';
import { type Belongs, type Described, datasetOf, eventOf, type Happened } from './describe.ts';
import type { LineageEvent } from './lineage-event.ts';
import type { RunStep } from './run-step.ts';

/**
 * Launches that began or ended by this fact. One that nobody confirmed begins with what is heard of it, and one that was
 * never made is not told of.
 */
export function ofLaunches(
  belongs: Omit<Belongs, 'state'>,
  { before, event, after }: RunStep,
): readonly LineageEvent[] {
  return Object.keys(after.tables).flatMap((name) => {
    const table = name as TableName;
    const [was, is] = [before?.tables[table], after.tables[table]];
    const launch = launchOf(was) ?? launchOf(is);
    if (launch === null) return [];
    const isOver = launchOf(was) !== null && launchOf(is)?.attempt !== launch.attempt;
    const happened = isOver ? ending(launch, table, event, is) : beginning(was, is, event);
    const state = isOver && before !== null ? before : after;
    const described = describedAs({ ...belongs, state }, table, launch);
    return happened.map((each) => eventOf({ ...belongs, state }, described, each));
  });
}

function launchOf(table: TableState | undefined): Busy | null {
  return isBusy(table) ? table : null;
}

/** Whether an execution may have begun. */
function hasBegun(table: TableState | undefined): boolean {
  return isBusy(table) && table.tag !== 'launching';
}

function beginning(
  was: TableState | undefined,
  is: TableState | undefined,
  { at }: RunEvent,
): readonly Happened[] {
  return hasBegun(is) && !hasBegun(was) ? [{ type: 'START', at, message: null }] : [];
}

function ending(
  launch: Busy,
  table: TableName,
  event: RunEvent,
  is: TableState | undefined,
): readonly Happened[] {
  const end = endTold(launch, table, event, is);
  if (hasBegun(launch)) return [end];
  const isHeard = event.type === 'job-succeeded' || event.type === 'job-failed';
  return isHeard ? [{ type: 'START', at: event.at, message: null }, end] : [];
}

function endTold(
  { attempt }: Busy,
  table: TableName,
  event: RunEvent,
  is: TableState | undefined,
): Happened {
  const { at } = event;
  const isOwn = 'attempt' in event && event.table === table && event.attempt === attempt;
  if (event.type === 'job-succeeded' && isOwn) return { type: 'COMPLETE', at, message: null };
  if (event.type === 'job-failed' && isOwn) {
    const { failure, message } = event;
    const isFailure = failure === 'transient' || failure === 'permanent';
    return { type: isFailure ? 'FAIL' : 'ABORT', at, message: `${failure}: ${message}` };
  }
  const why = is !== undefined && 'message' in is ? is.message : 'nobody waits for it any more';
  return { type: 'ABORT', at, message: why };
}

function describedAs(
  { place, pipeline, state }: Belongs,
  table: TableName,
  { attempt, days }: Busy,
): Described {
  const needs = tableNamed(pipeline, table)?.needs ?? [];
  return {
    key: `${launchId(state.run, table, attempt)} ${state.since}`,
    job: `${pipeline.name}.${table}`,
    what: 'LAUNCH',
    days,
    inputs: [...new Set(needs.map(({ of }) => of))].map((of) => datasetOf(place, of)),
    outputs: [datasetOf(place, table)],
  };
}
