import { PhasegateError } from './errors.ts';
import type { PhaseName, TableName } from './ids.ts';
import { isAtRest, type RunState, UNTOUCHED } from './run.ts';
import type { TableState } from './table-state.ts';

type Stored = Readonly<{ schema: number }>;

type StateOne = Readonly<
  Omit<RunState, 'schema' | 'tables' | 'badDaysBefore' | 'endedAt'> & {
    schema: 1;
    tables: Readonly<Record<TableName, Readonly<{ tag: TableState['tag'] }>>>;
    phases: Readonly<Record<PhaseName, RunState['phases'][PhaseName]>>;
  }
>;

/**
 * A state as the reducer reads it: of the present schema, or of the one before, which a release may have
 * left behind in the middle of a run. What it did not keep is not known: deadlines count from when the text was
 * kept, and what passed is compared with nothing until it is judged again.
 *
 * @param kept when it was kept: the same state however often it is read
 * @throws PhasegateError `invalid-input` for any other schema: a newer release wrote it
 */
export function readState(stored: Stored, kept: string): RunState {
  if (stored.schema === 2) return stored as RunState;
  if (stored.schema !== 1) {
    throw new PhasegateError(
      'invalid-input',
      `run state of schema ${stored.schema}; this release reads 1 and 2`,
    );
  }
  const { tables, ...state } = stored as StateOne;
  return {
    ...state,
    schema: 2,
    plan: null,
    image: null,
    since: kept,
    endedAt: isAtRest(state.status) ? kept : null,
    phaseSince: kept,
    ...UNTOUCHED,
    tables: Object.fromEntries(
      Object.entries(tables).map(([name, table]) => [name, upgraded(table, kept)]),
    ),
  };
}

function upgraded(table: Readonly<{ tag: TableState['tag'] }>, since: string): TableState {
  switch (table.tag) {
    case 'waiting':
      return { interruptions: 0, ...table } as unknown as TableState;
    case 'launching':
    case 'running':
      return { interruptions: 0, since, ...table } as unknown as TableState;
    case 'verifying':
      return { look: 0, ...table } as unknown as TableState;
    case 'passed':
    case 'passed-with-warnings':
      return { token: '', ...table } as unknown as TableState;
    default:
      return table as unknown as TableState;
  }
}
