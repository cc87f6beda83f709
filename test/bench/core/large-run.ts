import { allDays, type Calendar } from '../../../shared/core/calendar.ts';
import { type DaySet, daySetOf, eachDay } from '../../../shared/core/day-set.ts';
import { addDays } from '../../../shared/core/days.ts';
import { decide } from '../../../shared/core/decide.ts';
import type { TableName } from '../../../shared/core/ids.ts';
import type { Pipeline } from '../../../shared/core/pipeline.ts';
import type { RunState } from '../../../shared/core/run.ts';
import type { EventOf, RunEvent } from '../../../shared/core/run-event.ts';
import { type TableState, waitingFor } from '../../../shared/core/table-state.ts';
import { randomOf } from '../../../shared/league/random.ts';
import { day } from '../../core/build.ts';
import { AT, chainOf, judged, neverRan, requested, runNumbered, succeeded } from './chain.ts';

const TABLES = 20;
const SEASONS = 25;
const DAYS_OF_SEASON = 400;
const HOLES = 0.05;

export type LargeRun = Readonly<{
  pipeline: Pipeline;
  /** Waits for its plan. */
  reading: RunState;
  outcomes: EventOf<'outcomes-read'>;
  /** The first table is launched. */
  launched: RunState;
  succeeded: RunEvent;
  /** Its job has ended. */
  verifying: RunState;
  /** Lets the next table go. */
  judged: RunEvent;
  tick: RunEvent;
}>;

/** A run over 20 tables and 10,000 days, of which each table has to write all but those that are good already: 5 % at random. */
export function largeRun(): LargeRun {
  const { names, pipeline } = chainOf(TABLES);
  const [first] = names;
  if (first === undefined) throw new Error('no table');
  const calendar: Calendar = {
    seasons: Array.from({ length: SEASONS }, (_, n) => {
      const start = addDays(day('1994-01-01'), n * (DAYS_OF_SEASON + 20));
      const days = [{ from: start, to: addDays(start, DAYS_OF_SEASON - 1) }];
      return { season: 1990 + n, start, days, excluded: [] };
    }),
  };
  const random = randomOf('holes', 7);
  const all = [...eachDay(allDays(calendar))];
  const toWrite = (): DaySet => daySetOf(all.filter(() => !random.chance(HOLES)));
  const outcomes = neverRan(names, calendar, toWrite);
  const run = runNumbered(0);
  const reading = after(pipeline, null, requested(pipeline, run));
  const tables: Record<TableName, TableState> = {};
  for (const name of names) {
    const waiting = waitingFor(outcomes.outcomes[name]?.NEVER_RAN ?? [], 0);
    const { notBefore: _, ...work } = waiting;
    tables[name] = name === first ? { ...work, tag: 'running', attempt: 1, since: AT } : waiting;
  }
  const launched = { ...after(pipeline, reading, outcomes), tables };
  const verifying = after(pipeline, launched, succeeded(first));
  return {
    pipeline,
    reading,
    outcomes,
    launched,
    succeeded: succeeded(first),
    verifying,
    judged: judged(first),
    tick: { type: 'clock-ticked', at: AT },
  };
}

function after(pipeline: Pipeline, state: RunState | null, event: RunEvent): RunState {
  const step = decide(pipeline, state, event);
  if (step === null || step.state === state) throw new Error(`${event.type} changed nothing`);
  return step.state;
}
