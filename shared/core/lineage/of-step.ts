import type { GateEvidence } from '../evidence.ts';
import type { Pipeline } from '../pipeline.ts';
import { isAtRest, type RunState, type RunStatus } from '../run.ts';
import type { RunEvent } from '../run-event.ts';
import { type Belongs, type Described, eventOf, type Happened, keyOfRun } from './describe.ts';
import type { LineageEvent, LineagePlace } from './lineage-event.ts';
import { ofGate } from './of-gates.ts';
import { ofLaunches } from './of-launches.ts';
import type { RunStep } from './run-step.ts';

/**
 * What one fact of a run means to who follows where data comes from. A fact that changed nothing means nothing. The same fact
 * has the same events, whenever it is asked for.
 *
 * @param evidenceOf what a gate kept, by its id; null: not known
 */
export function ofStep(
  place: LineagePlace,
  pipeline: Pipeline,
  step: RunStep,
  evidenceOf: (id: string) => GateEvidence | null,
): readonly LineageEvent[] {
  const { before, event, after } = step;
  if (before === after) return [];
  const belongs: Belongs = { place, pipeline, state: after };
  const [begun, ended] = ofRun(step);
  const run: Described = {
    key: keyOfRun(after),
    job: pipeline.name,
    what: 'RUN',
    days: [{ from: after.request.from, to: after.request.to }],
    inputs: [],
    outputs: [],
  };
  const ofIts = (happened: Happened | null) =>
    happened === null ? [] : [eventOf(belongs, run, happened)];
  const isGate = event.type === 'gate-judged' || event.type === 'roll-called';
  return [
    ...ofIts(begun),
    ...ofLaunches({ place, pipeline }, step),
    ...(isGate ? ofGate(belongs, event, evidenceOf(evidenceIn(event) ?? '')) : []),
    ...ofIts(ended),
  ];
}

/** The evidence that a fact rests on; null: none. */
export function evidenceIn(event: RunEvent): string | null {
  if (event.type === 'gate-judged') return event.evidence;
  if (event.type !== 'roll-called') return null;
  return Object.values(event.tables)[0]?.evidence ?? null;
}

const ENDS: Partial<Record<RunStatus, Happened['type']>> = {
  passed: 'COMPLETE',
  blocked: 'FAIL',
  failed: 'FAIL',
  cancelled: 'ABORT',
};

/** Whether the run was set going, and whether it came to rest. */
function ofRun({
  before,
  event: { at },
  after,
}: RunStep): readonly [Happened | null, Happened | null] {
  const isNew = before === null || before.since !== after.since;
  const wasGoing = before !== null && !isAtRest(before.status);
  const end = isNew || wasGoing ? ENDS[after.status] : undefined;
  return [
    isNew ? { type: 'START', at, message: null } : null,
    end === undefined ? null : { type: end, at, message: whyOf(after) },
  ];
}

function whyOf({ status, message }: RunState): string | null {
  return status === 'passed' ? null : (message ?? status);
}
