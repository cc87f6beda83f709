import { type DaySet, isEmpty, normalize, subtract, union } from '../day-set.ts';
import type { TableName } from '../ids.ts';
import type { Pipeline } from '../pipeline.ts';
import { isAtRest, type RunState } from '../run.ts';
import { hasPassed, type TableState } from '../table-state.ts';
import { counted } from '../view/counted.ts';
import { spanTexts } from '../view/day-spans.ts';
import type { Finding } from './finding.ts';
import type { AlertSeverity } from './monitor.ts';

/** The reconciler stops a run at its deadline, and has this long to do it. */
const STOPPED_BY_MINUTES = 10;
const SHOWN_RUNS = 3;

type Looked = Readonly<{ state: RunState; pipeline: Pipeline }>;

/**
 * Runs that nobody carries on: refused or failed, left alone, and not made good by later runs that passed; all that ended at
 * one table are one finding. And such as went on past their deadline although they are stopped there.
 */
export function runFindings(
  runs: readonly Looked[],
  { severity, leftAloneMinutes }: Readonly<{ severity: AlertSeverity; leftAloneMinutes: number }>,
  now: string,
): readonly Finding[] {
  const minutesSince = (instant: string) => (Date.parse(now) - Date.parse(instant)) / 60_000;
  const late = runs.flatMap(({ state: { run, status, since, message }, pipeline }): Finding[] => {
    const { runMinutes } = pipeline.deadlines;
    if (isAtRest(status) || minutesSince(since) < runMinutes + STOPPED_BY_MINUTES) return [];
    const title = `run ${run} is ${status} past its deadline of ${runMinutes} minutes`;
    const next = `npx phasegate status ${run}`;
    const details = message === null ? [] : [message];
    return [{ cause: `run/${run}`, severity, title, days: [], details, next }];
  });
  const states = runs.map(({ state }) => state);
  const alone = states.filter(
    (state) =>
      (state.status === 'blocked' || state.status === 'failed') &&
      minutesSince(state.endedAt ?? state.since) >= leftAloneMinutes &&
      !isMadeGood(state, states),
  );
  const byTable = Map.groupBy(alone, stoppedAt);
  return [
    ...late,
    ...[...byTable].map(([table, stopped]) => aloneFinding(table, stopped, severity)),
  ];
}

function aloneFinding(
  table: TableName | null,
  stopped: readonly RunState[],
  severity: AlertSeverity,
): Finding {
  const latest = stopped.toSorted((a, b) => (a.since < b.since ? 1 : -1));
  const [last] = latest;
  const where = table === null ? '' : ` at ${table}`;
  const lines = latest
    .slice(0, SHOWN_RUNS)
    .map(({ run, request: { from, to }, status, message }) => {
      const why = message === null ? '' : `: ${message}`;
      return `${run} of ${spanTexts([{ from, to }]).join()} is ${status}${why}`;
    });
  const more = latest.length - lines.length;
  return {
    cause: `runs/${table ?? 'no-table'}`,
    severity,
    title: `${counted(latest.length, 'run')} stopped${where}, and left alone`,
    days: [],
    details: more === 0 ? lines : [...lines, `and ${counted(more, 'more run')}`],
    next: last === undefined ? null : `npx phasegate explain ${last.run}`,
  };
}

/** The first table that kept the run from passing; null where it came to none. */
function stoppedAt({ tables }: RunState): TableName | null {
  const stopped = Object.entries(tables).find(
    ([, { tag }]) => tag === 'blocked' || tag === 'failed',
  );
  return stopped === undefined ? null : (stopped[0] as TableName);
}

/** Whether later runs that passed have all days between them that this one left undone. */
function isMadeGood(state: RunState, states: readonly RunState[]): boolean {
  const { request, since } = state;
  const later = states.filter(
    (other) =>
      other.status === 'passed' &&
      other.since > since &&
      other.request.pipeline === request.pipeline &&
      request.phases.every((phase) => other.request.phases.includes(phase)),
  );
  const covered = normalize(later.map(({ request: { from, to } }) => ({ from, to })));
  return isEmpty(subtract(undone(state), covered));
}

/** The days of the tables that did not pass; the whole range where a table does not say which. */
function undone({ request: { from, to }, tables }: RunState): DaySet {
  const range = [{ from, to }];
  const left = Object.values(tables).filter((table) => !hasPassed(table));
  const days = left.map((table) => {
    const own = daysOf(table);
    return isEmpty(own) ? range : own;
  });
  return days.length === 0 ? range : union(...days);
}

function daysOf(table: TableState): DaySet {
  if (table.tag === 'blocked') return table.badDays;
  return 'days' in table ? table.days : [];
}
