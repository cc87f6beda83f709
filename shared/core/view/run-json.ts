import { bridgeForPeople } from '../calendar.ts';
import { type DaySet, formatDaySet } from '../day-set.ts';
import type { TableName } from '../ids.ts';
import type { RunState } from '../run.ts';
import { verdictsOf } from './run-lines.ts';

/** What `runJson` makes. */
export type RunJson = ReturnType<typeof runJson>;

/** A run for machines: what `status --json` and `start --json` print, and the API answers. */
export function runJson(state: RunState) {
  const { published = {} } = state;
  const verdicts = verdictsOf(state);
  const spans = (days: DaySet) => formatDaySet(bridgeForPeople(state.calendar, days));
  return {
    run: state.run,
    status: state.status,
    request: state.request,
    definition: state.definition,
    version: state.version ?? null,
    round: state.round,
    phases: state.phases,
    message: state.message,
    paused: state.paused,
    spent: state.spent,
    overrides: state.overrides,
    signOffs: state.signOffs,
    tables: Object.entries(state.tables).map(([name, table]) => ({
      table: name,
      state: table.tag,
      verdict: verdicts[name as keyof typeof verdicts],
      attempt: table.attempt,
      ...('days' in table ? { days: spans(table.days) } : {}),
      ...('badDays' in table ? { badDays: spans(table.badDays) } : {}),
      ...('message' in table ? { message: table.message } : {}),
      ...(name in published ? { published: spans(published[name as TableName] ?? []) } : {}),
      ...('evidence' in table ? { evidence: table.evidence } : {}),
    })),
  };
}
