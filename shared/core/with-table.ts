import type { TableName } from './ids.ts';
import type { RunState } from './run.ts';
import type { TableState } from './table-state.ts';

export function withTable(state: RunState, name: TableName, table: TableState): RunState {
  return { ...state, tables: { ...state.tables, [name]: table } };
}
