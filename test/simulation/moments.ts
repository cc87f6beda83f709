import type { RunId, TableName } from '../../shared/core/ids.ts';
import { TABLE_TAGS } from '../../shared/core/table-state.ts';
import { STATUSES } from './coverage.ts';
import type { Committed } from './memory-run-store.ts';
import type { Tape } from './tape.ts';

/** Whether this commit is the one that is waited for; asked once of each commit. */
export type IsNow = (committed: Committed) => boolean;

/** Things that happen when a run has come so far, however long that takes. */
export type Moments = Readonly<{
  /** Lets something happen once, at the first commit of which this is so. */
  when: (isNow: IsNow, happen: () => void) => void;
  /** Tells those who wait of a commit. */
  come: (committed: Committed) => void;
}>;

export function openMoments(): Moments {
  let waiting: Readonly<{ isNow: IsNow; happen: () => void }>[] = [];
  return {
    when: (isNow, happen) => void waiting.push({ isNow, happen }),
    come: (committed) => {
      if (waiting.length === 0) return;
      const ready = waiting.filter(({ isNow }) => isNow(committed));
      waiting = waiting.filter((each) => !ready.includes(each));
      for (const { happen } of ready) happen();
    },
  };
}

type Of = Readonly<{ run?: RunId; table?: TableName }>;

/** Draws a state, and waits until a run, or a table of it, comes into it. */
export function drawState(tape: Tape, place: string, of: Of = {}): IsNow {
  const states: readonly string[] =
    of.table === undefined ? [...STATUSES, ...TABLE_TAGS] : TABLE_TAGS;
  return comesInto(states[tape.draw(place, states.length)]!, of);
}

/** Waits until a run, or a table of it, comes into a state. */
export function comesInto(state: string, { run, table }: Of): IsNow {
  return ({ run: committed, before, after }) => {
    if (run !== undefined && run !== committed) return false;
    if (after.status === state) return before?.status !== state;
    return Object.entries(after.tables).some(([key, { tag }]) => {
      const name = key as TableName;
      const isMeant = table === undefined || table === name;
      return isMeant && tag === state && before?.tables[name]?.tag !== state;
    });
  };
}

/** Waits for one of the next commits of a run. */
export function drawCommit(tape: Tape, place: string, run: RunId): IsNow {
  let left = 1 + tape.draw(place, 12);
  return ({ run: committed }) => {
    if (run === committed) left -= 1;
    return left === 0;
  };
}
