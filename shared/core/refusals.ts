import { bridgeForPeople } from './calendar.ts';
import { formatDaySet } from './day-set.ts';
import type { TableName } from './ids.ts';
import type { Instant, RunState } from './run.ts';
import type { RunEvent } from './run-event.ts';
import { hasPassed } from './table-state.ts';
import { letsPass, type Verdict } from './verdict.ts';

/** A gate that refused a table which passed in the end. Days are spans `a..b`. */
export type Refusal = Readonly<{
  table: TableName;
  verdict: Verdict;
  days: readonly string[];
  message: string;
  evidence: string;
  at: Instant;
}>;

/** Who set a run going again, and why. */
export type SetGoingAgain = Readonly<{
  by: 'repair' | 'retry';
  who: string;
  reason: string;
  at: Instant;
}>;

/** The refusals that the run itself has mended since, each once: the last of a table's in each round. */
export function mendedRefusals(state: RunState, events: readonly RunEvent[]): readonly Refusal[] {
  const refusals = new Map<string, Refusal>();
  for (const event of events) {
    if (event.type !== 'gate-judged' || letsPass(event.verdict)) continue;
    const { table, round, verdict, badDays, message, evidence, at } = event;
    if (!hasPassed(state.tables[table])) continue;
    const days = formatDaySet(bridgeForPeople(state.calendar, badDays));
    refusals.set(`${table} ${round}`, { table, verdict, days, message, evidence, at });
  }
  return [...refusals.values()];
}

/** What people asked for after a run had come to rest. */
export function setGoingAgain(events: readonly RunEvent[]): readonly SetGoingAgain[] {
  return events.flatMap((event) => {
    if (event.type !== 'repair-requested' && event.type !== 'retry-requested') return [];
    const { type, by: who, reason, at } = event;
    return [{ by: type === 'repair-requested' ? 'repair' : 'retry', who, reason, at } as const];
  });
}
