import { countDays, formatDaySet } from '../day-set.ts';
import type { PhaseName, RunId, TableName } from '../ids.ts';
import type { Instant, PhaseState, RunState, RunStatus } from '../run.ts';
import type { TableState } from '../table-state.ts';
import type { Verdict } from '../verdict.ts';

/** A check of a gate that does not hold, or only warns: its number, and what is accepted. */
export type ToldCheck = Readonly<{
  id: string;
  verdict: Verdict;
  observed: string;
  expected: string;
}>;

/** Of a gate's checks how many hold, and those that do not, of very many the first. */
export type GateChecks = Readonly<{ held: number; of: number; trouble: readonly ToldCheck[] }>;

/** What a watcher sees happen to a run, as facts; `at` is when it was seen. */
export type ProgressEvent = Readonly<{ run: RunId; at: Instant }> &
  (
    | Readonly<{ event: RunFact; status: RunStatus; message: string | null }>
    | Readonly<{ event: PhaseFact; phase: PhaseName }>
    | Readonly<{
        event: TableFact;
        table: TableName;
        attempt: number;
        days?: number;
        verdict?: Verdict;
        badDays?: readonly string[];
        message?: string;
        evidence?: string;
        /** Of the gate that judged it; absent where its evidence was not read. */
        checks?: GateChecks;
      }>
    | Readonly<{
        event: 'days-written';
        table: TableName;
        done: number;
        failed: number;
        of: number;
      }>
    | Readonly<{ event: 'connection-lost' | 'connection-restored'; message: string }>
  );

const RUN_FACTS = {
  reading: 'run-read',
  live: 'run-went-on',
  cancelling: 'run-cancel-asked',
  passed: 'run-passed',
  blocked: 'run-blocked',
  failed: 'run-failed',
  cancelled: 'run-cancelled',
} as const satisfies Record<RunStatus, string>;

const PHASE_FACTS = {
  waiting: null,
  open: 'phase-opened',
  'calling-roll': 'roll-asked',
  passed: 'phase-passed',
  blocked: 'phase-blocked',
} as const satisfies Record<PhaseState, string | null>;

const TABLE_FACTS = {
  waiting: 'table-put-back',
  launching: 'launch-asked',
  running: 'launch-confirmed',
  cancelling: 'cancel-asked',
  verifying: 'gate-asked',
  passed: 'table-passed',
  'passed-with-warnings': 'table-passed-with-warnings',
  overridden: 'table-overridden',
  blocked: 'table-blocked',
  failed: 'table-failed',
  skipped: 'table-skipped',
} as const satisfies Record<TableState['tag'], string>;

type RunFact = (typeof RUN_FACTS)[RunStatus] | 'run-paused' | 'run-resumed';
type PhaseFact = NonNullable<(typeof PHASE_FACTS)[PhaseState]>;
export type TableFact = (typeof TABLE_FACTS)[TableState['tag']];

/**
 * What happened between two looks at a run, tables before their phase and phases before the run. At the first look: where
 * everything stands that has moved. What came and went between two looks is not seen.
 */
export function progressEvents(
  before: RunState | null,
  after: RunState,
  at: Instant,
): readonly ProgressEvent[] {
  const head = { run: after.run, at };
  const { status, message, paused } = after;
  const tables = Object.entries(after.tables).flatMap(([name, table]): ProgressEvent[] => {
    const earlier = before?.tables[name as TableName];
    const isSame = earlier?.tag === table.tag && earlier.attempt === table.attempt;
    const isUntouched = earlier === undefined && table.tag === 'waiting';
    if (isSame || isUntouched) return [];
    return [
      { ...head, event: TABLE_FACTS[table.tag], table: name as TableName, ...factsOf(table) },
    ];
  });
  const phases = Object.entries(after.phases).flatMap(([name, stands]): ProgressEvent[] => {
    const event = PHASE_FACTS[stands];
    if (event === null || before?.phases[name as PhaseName] === stands) return [];
    return [{ ...head, event, phase: name as PhaseName }];
  });
  const wasPaused = (before?.paused ?? null) !== null;
  const pause = paused === null ? 'run-resumed' : 'run-paused';
  return [
    ...tables,
    ...phases,
    ...(wasPaused === (paused !== null)
      ? []
      : [
          {
            ...head,
            event: pause,
            status,
            message: paused === null ? null : saidBy(paused),
          } as const,
        ]),
    ...(before?.status === status && before.round === after.round
      ? []
      : [{ ...head, event: RUN_FACTS[status], status, message } as const]),
  ];
}

const saidBy = ({ by, reason }: NonNullable<RunState['paused']>) =>
  `by ${by || 'nobody named'}${reason === '' ? '' : `: ${reason}`}`;

function factsOf(table: TableState) {
  return {
    attempt: table.attempt,
    ...('days' in table ? { days: countDays(table.days) } : {}),
    ...(table.tag === 'blocked'
      ? { verdict: table.verdict, badDays: formatDaySet(table.badDays) }
      : {}),
    ...('message' in table ? { message: table.message } : {}),
    ...(table.tag === 'overridden'
      ? { message: `by ${table.by} until ${table.until}: ${table.reason}` }
      : {}),
    ...('evidence' in table && table.evidence !== '' ? { evidence: table.evidence } : {}),
  };
}

/** That the days of a running table went on since; null where they did not. */
export function daysEvent(
  { run }: Pick<RunState, 'run'>,
  table: TableName,
  before: Readonly<{ done: number; failed: number }> | undefined,
  now: Readonly<{ done: number; failed: number; of: number }>,
  at: Instant,
): ProgressEvent | null {
  const isSame = before?.done === now.done && before.failed === now.failed;
  const isNothing = before === undefined && now.done + now.failed === 0;
  return isSame || isNothing ? null : { run, at, event: 'days-written', table, ...now };
}
