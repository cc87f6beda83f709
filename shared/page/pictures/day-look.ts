import { type DaySet, isEmpty, subtract } from '../../core/day-set.ts';
import { OUTCOME_SYMBOLS, OUTCOMES, type Outcome, type OutcomeDays } from '../../core/outcome.ts';

/** What became of the days of one table or source. `waived` days may stand among the outcomes too. */
export type DayGridRow = Readonly<{
  name: string;
  href: string | null;
  outcomes: OutcomeDays;
  notDue: DaySet;
  waived: DaySet;
  excluded: DaySet;
}>;

export type DayKind = Outcome | 'waived' | 'not due' | 'excluded';

/**
 * How a day is drawn, in a mark of 12 by 12. `bands` are its inked parts from top to bottom, no two kinds with the same:
 * so a picture can be read without its colours.
 */
export type DayLook = Readonly<{
  symbol: string;
  colour: string;
  bands: readonly (readonly [top: number, height: number])[];
}>;

const GOOD = 'var(--good,#1a6b34)';
const WARN = 'var(--warn,#7a5200)';
const BAD = 'var(--bad,#b3251e)';
const QUIET = 'var(--quiet,#57606a)';

export const DAY_LOOKS: Readonly<Record<DayKind, DayLook>> = {
  VERIFIED: look('VERIFIED', GOOD, [0, 12]),
  EMPTY_OK: look('EMPTY_OK', GOOD, [0, 5], [7, 5]),
  RUNNING: look('RUNNING', 'var(--link,#0b57b0)', [4.5, 3]),
  STALE: look('STALE', WARN, [0, 6]),
  PARTIAL: look('PARTIAL', WARN, [6, 6]),
  FAILED: look('FAILED', BAD, [0, 3], [4.5, 3], [9, 3]),
  EMPTY_SUSPECT: look('EMPTY_SUSPECT', BAD, [0, 3], [9, 3]),
  NEVER_RAN: look('NEVER_RAN', BAD, [0, 1.5], [10.5, 1.5]),
  UNJUDGED: look('UNJUDGED', 'var(--unknown,#6b3fa0)', [2.5, 7]),
  waived: {
    symbol: 'w',
    colour: QUIET,
    bands: [
      [3, 1.5],
      [7.5, 1.5],
    ],
  },
  'not due': { symbol: '…', colour: QUIET, bands: [[10.5, 1.5]] },
  excluded: { symbol: '·', colour: QUIET, bands: [[5.5, 1]] },
};

/** The days of a row, each as what it is drawn: a waived day as waived. Kinds without days are left out. */
export function kindsOfDays(row: DayGridRow): readonly (readonly [kind: DayKind, days: DaySet])[] {
  const { outcomes, waived, notDue, excluded } = row;
  const kinds: (readonly [DayKind, DaySet])[] = [];
  const add = (kind: DayKind, days: DaySet | undefined) => {
    if (days !== undefined && !isEmpty(days)) kinds.push([kind, days]);
  };
  for (const outcome of OUTCOMES) {
    const days = outcomes[outcome];
    add(outcome, days === undefined || isEmpty(waived) ? days : subtract(days, waived));
  }
  add('waived', waived);
  add('not due', notDue);
  add('excluded', excluded);
  return kinds;
}

function look(outcome: Outcome, colour: string, ...bands: DayLook['bands']): DayLook {
  return { symbol: OUTCOME_SYMBOLS[outcome], colour, bands };
}
