import type { TableName } from './ids.ts';
import type { RunState, TableState } from './run.ts';

export function withTable(state: RunState, name: TableName, table: TableState): RunState {
  return { ...state, tables: { ...state.tables, [name]: table } };
}
