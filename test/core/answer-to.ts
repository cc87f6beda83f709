import { allDays, type Calendar } from '../../shared/core/calendar.ts';
import type { TableName } from '../../shared/core/ids.ts';
import type { Outcome } from '../../shared/core/outcome.ts';
import type { Effect } from '../../shared/core/run.ts';
import type { EventOf, JobFailure, RunEvent, TableVerdict } from '../../shared/core/run-event.ts';

/** What the outside knows: the tables and days there are, what became of them before, how a launch goes, and what a gate finds. */
export type Outside = Readonly<{
  tables: readonly TableName[];
  calendar: Calendar;
  outcome: Outcome;
  launch: 'job-succeeded' | 'launch-confirmed' | JobFailure;
  found: TableVerdict;
  at: string;
}>;

/** What the outside answers to what a run asks for; null where it says nothing. */
export function answerTo(effect: Effect, outside: Outside): RunEvent | null {
  const { tables, calendar, outcome, found, at } = outside;
  const all = <Each>(each: Each) => Object.fromEntries(tables.map((name) => [name, each]));
  switch (effect.kind) {
    case 'read-outcomes': {
      const outcomes = all({ [outcome]: allDays(calendar) });
      return { type: 'outcomes-read', round: effect.round, calendar, outcomes, at };
    }
    case 'launch-table':
      return saidOf(effect, outside);
    case 'run-gate': {
      const { kind: _, ...asked } = effect;
      return { type: 'gate-judged', ...asked, ...found, at };
    }
    case 'call-roll': {
      const { kind: _, ...asked } = effect;
      return { type: 'roll-called', ...asked, tables: all(found), causes: all(found.badDays), at };
    }
    default:
      return null;
  }
}

function saidOf(
  { table, attempt }: Extract<Effect, { kind: 'launch-table' }>,
  { launch, at }: Outside,
): EventOf<'job-succeeded' | 'launch-confirmed' | 'job-failed'> {
  const subject = { table, attempt, at };
  if (launch === 'job-succeeded') return { type: launch, ...subject };
  if (launch === 'launch-confirmed') return { type: launch, ...subject, execution: 'x' };
  return { type: 'job-failed', ...subject, failure: launch, message: 'm' };
}
