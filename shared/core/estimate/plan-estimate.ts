import { bridge, type Calendar } from '../calendar.ts';
import { countDays } from '../day-set.ts';
import { dayNumber } from '../days.ts';
import type { PhaseName, TableName } from '../ids.ts';
import type { Pipeline } from '../pipeline.ts';
import type { PlannedTable } from '../plan-reasons.ts';
import type { Instant, RunRequest } from '../run.ts';
import { type Limit, limitsOf, type ReadyBy, readyByOf } from './fits.ts';
import { phaseSeconds } from './phase-seconds.ts';
import {
  type Estimate,
  estimateOf,
  NOTHING,
  type Sample,
  type Spread,
  sumOfSpreads,
} from './sample.ts';

/** What launches and gates of runs took before: seconds, and bytes that gates were billed for. */
export type PastWork = Readonly<{
  launches: ReadonlyMap<TableName, readonly Sample[]>;
  /** By the name of the table, or of the phase for a roll call. */
  gates: ReadonlyMap<string, readonly GateSample[]>;
}>;

export type GateSample = Readonly<{ seconds: Sample; bytes: Sample }>;

/** What the jobs of a table will read. `isAtLeast`: something that it reads is written first. */
export type JobBytes = Readonly<{ bytes: number; isAtLeast: boolean }>;

export type TableEstimate = Readonly<{
  table: TableName;
  phase: PhaseName;
  hasJob: boolean;
  /** Seconds. Null: nothing is known, or there is no job. */
  job: Estimate | null;
  /** Seconds. Null: nothing is known. */
  gate: Estimate | null;
}>;

export type PhaseEstimate = Readonly<{
  phase: PhaseName;
  /** Of its roll call, in seconds. */
  roll: Estimate | null;
  /** From its opening to the end of its roll call. Null: something of it is not known. */
  seconds: Spread | null;
  /** From the beginning of the run. */
  endsAfter: Spread | null;
  readyBy: ReadyBy | null;
  /** Tables of which no launch or no gate is known; the phase itself, where no roll call is. */
  unknown: readonly (TableName | PhaseName)[];
}>;

export type PlanEstimate = Readonly<{
  now: Instant;
  timeZone: string;
  tables: readonly TableEstimate[];
  phases: readonly PhaseEstimate[];
  /** Seconds; null: some phase is not known. */
  seconds: Spread | null;
  limits: readonly Limit[];
  /** Billed for gates and roll calls; null: some are not known. */
  gateBytes: Spread | null;
  /** Of the tables with a job; null where the warehouse could not tell, or a program does the work. */
  jobBytes: ReadonlyMap<TableName, JobBytes | null>;
  /** Why the warehouse did not tell its history, or what jobs would read; null: it did. */
  unread: string | null;
}>;

/** How long a plan takes and what it reads, from what was done before. A piece that nobody knows makes every sum unknown. */
export function planEstimate(
  pipeline: Pipeline,
  request: RunRequest,
  calendar: Calendar,
  planned: readonly PlannedTable[],
  past: PastWork,
  jobBytes: PlanEstimate['jobBytes'],
  now: Instant,
): Omit<PlanEstimate, 'unread'> {
  const judged = dayNumber(request.to) - dayNumber(request.from) + 1;
  const gateOf = (name: TableName | PhaseName, of: keyof GateSample) =>
    estimateOf(
      (past.gates.get(name) ?? []).map((each) => each[of]),
      judged,
      false,
    );
  const tables = planned.map(({ table, phase, days }): TableEstimate => {
    const size = countDays(bridge(calendar, days));
    const hasJob = size > 0;
    const job = hasJob ? estimateOf(past.launches.get(table) ?? [], size, true) : null;
    return { table, phase, hasJob, job, gate: gateOf(table, 'seconds') };
  });
  const names = [...new Set(planned.map(({ phase }) => phase))];
  let before: Spread | null = NOTHING;
  const phases: PhaseEstimate[] = [];
  for (const phase of names) {
    const own = tables.filter((each) => each.phase === phase);
    const roll = gateOf(phase, 'seconds');
    const seconds = roll === null ? null : secondsOf(pipeline, phase, own, roll);
    before = before === null || seconds === null ? null : sumOfSpreads([before, seconds]);
    const expected = planned
      .filter((each) => each.phase === phase)
      .flatMap((each) => each.expected);
    phases.push({
      phase,
      roll,
      seconds,
      endsAfter: before,
      readyBy: readyByOf(pipeline, phase, expected, before, now),
      unknown: [
        ...own.filter((each) => !isKnown(each)).map(({ table }) => table),
        ...(roll === null ? [phase] : []),
      ],
    });
  }
  const gates = [...planned.map(({ table }) => table), ...names].map((name) =>
    gateOf(name, 'bytes'),
  );
  return {
    now,
    timeZone: pipeline.timeZone,
    tables,
    phases,
    seconds: before,
    limits: limitsOf(pipeline, tables, phases, before),
    gateBytes: allOf(gates),
    jobBytes,
  };
}

/** The sum; null where a part of it is not known. */
export function allOf(parts: readonly (Spread | null)[]): Spread | null {
  const known = parts.flatMap((each) => each ?? []);
  return known.length === parts.length ? sumOfSpreads(known) : null;
}

function isKnown({ hasJob, job, gate }: TableEstimate): boolean {
  return gate !== null && (!hasJob || job !== null);
}

/** A chain of jobs may end sooner when one takes longer, so the three are put in order. */
function secondsOf(
  pipeline: Pipeline,
  phase: PhaseName,
  tables: readonly TableEstimate[],
  roll: Spread,
): Spread | null {
  if (!tables.every(isKnown)) return null;
  const cap = pipeline.phases.find(({ name }) => name === phase)?.parallelTables ?? null;
  const places = Math.min(pipeline.parallelTables, cap ?? pipeline.parallelTables);
  const declared = pipeline.phases.find(({ name }) => name === phase)?.tables ?? [];
  const at = (pick: keyof Spread) => {
    const parts = declared.flatMap(({ name, needs }) => {
      const own = tables.find(({ table }) => table === name);
      if (own === undefined) return [];
      const job = own.hasJob ? (own.job?.[pick] ?? 0) : null;
      return [{ table: name, needs: needs.map(({ of }) => of), job, gate: own.gate?.[pick] ?? 0 }];
    });
    return phaseSeconds(parts, places) + roll[pick];
  };
  const [low = 0, middle = 0, high = 0] = [at('low'), at('middle'), at('high')].sort(
    (a, b) => a - b,
  );
  return { low, middle, high };
}
