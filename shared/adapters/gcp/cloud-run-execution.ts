import type { protos } from '@google-cloud/run';

type Wire = protos.google.cloud.run.v2.IExecution;
type WireTask = protos.google.cloud.run.v2.ITask;
type Timestamp = protos.google.protobuf.ITimestamp;

/** What we read of an execution. Instants are milliseconds since 1970. */
export type Execution = Readonly<{
  /** Short names, as `CLOUD_RUN_JOB` and `CLOUD_RUN_EXECUTION` have them. */
  job: string;
  name: string;
  createdAt: number | null;
  isOver: boolean;
  hasSucceeded: boolean;
  isCancelled: boolean;
  taskCount: number;
  environment: Readonly<Record<string, string>>;
  logs: string;
}>;

/** The last attempt of one task of an execution that is over. */
export type TaskEnd = Readonly<{
  hasSucceeded: boolean;
  exitCode: number;
  isTimedOut: boolean;
}>;

/** Both of these say that nobody wanted it to go on. https://cloud.google.com/run/docs/reference/rpc/google.cloud.run.v2#condition */
const CANCELLED = [3, 'CANCELLED', 5, 'DELETED'];
const SUCCEEDED = [4, 'CONDITION_SUCCEEDED'];
const FAILED = [3, 'CONDITION_FAILED'];
const DEADLINE_EXCEEDED = 4;

export function readExecution(wire: Wire): Execution {
  const completed = wire.conditions?.find(({ type }) => type === 'Completed');
  const name = wire.name ?? '';
  const [, job = ''] = name.match(/\/jobs\/([^/]+)\//) ?? [];
  const taskCount = wire.taskCount ?? 1;
  return {
    job,
    name: shortName(name),
    createdAt: millisecondsOf(wire.createTime),
    isOver: isOneOf([...SUCCEEDED, ...FAILED], completed?.state) || isGiven(wire.completionTime),
    hasSucceeded:
      completed === undefined
        ? taskCount > 0 && wire.succeededCount === taskCount
        : isOneOf(SUCCEEDED, completed.state),
    isCancelled: isOneOf(CANCELLED, completed?.executionReason) || (wire.cancelledCount ?? 0) > 0,
    taskCount,
    environment: environmentOf(wire),
    logs: wire.logUri ?? '',
  };
}

export function readTaskEnd(wire: WireTask): TaskEnd {
  const last = wire.lastAttemptResult;
  const exitCode = last?.exitCode ?? 0;
  const isWell = (last?.status?.code ?? 0) === 0 && exitCode === 0 && (last?.termSignal ?? 0) === 0;
  const [from, to] = [millisecondsOf(wire.startTime), millisecondsOf(wire.completionTime)];
  const allowed = Number(wire.timeout?.seconds ?? 0) * 1000;
  const isLong = from !== null && to !== null && allowed > 0 && to - from >= allowed;
  const completed = wire.conditions?.find(({ type }) => type === 'Completed');
  const isRefuted = completed !== undefined && !isOneOf(SUCCEEDED, completed.state);
  const hasSucceeded = last != null && isWell && to !== null && !isRefuted;
  return {
    hasSucceeded,
    exitCode,
    isTimedOut: !hasSucceeded && (last?.status?.code === DEADLINE_EXCEEDED || isLong),
  };
}

/** The gRPC transport gives a value of an enum its name, the other one its number. */
function isOneOf(values: readonly unknown[], value: unknown): boolean {
  return values.includes(value);
}

/** `projects/P/locations/L/jobs/J/executions/E` → E. */
export function shortName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function environmentOf({ template }: Wire): Readonly<Record<string, string>> {
  const all = (template?.containers ?? []).flatMap(({ env }) => env ?? []);
  return Object.fromEntries(all.map(({ name, value }) => [name ?? '', value ?? '']));
}

function isGiven(time: Timestamp | null | undefined): boolean {
  return (millisecondsOf(time) ?? 0) > 0;
}

function millisecondsOf(time: Timestamp | null | undefined): number | null {
  if (time == null) return null;
  return Number(time.seconds ?? 0) * 1000 + Math.floor((time.nanos ?? 0) / 1e6);
}
