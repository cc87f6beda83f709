import type { Column, ColumnType } from './column.ts';
import { parseTableName, type TableName } from './ids.ts';

type SystemTable = Readonly<{
  name: TableName;
  dayColumn: string;
  columns: readonly Column[];
}>;

/** One row for each reading of some items of a (table, day); the last one counts. `state` is packed JSON, `items` a fingerprint of what it holds. */
export const PROFILES = systemTable('phasegate.profiles', 'day', {
  table_name: 'STRING!',
  day: 'DATE!',
  items: 'STRING!',
  token: 'STRING!',
  state: 'STRING!',
  read_at: 'TIMESTAMP!',
});

/** One row for each (launch, day) and status; append-only. Fold by launch: a terminal status wins. */
export const RUN_HISTORY = systemTable('phasegate.run_history', 'data_date', {
  run: 'STRING!',
  launch: 'STRING!',
  table_name: 'STRING!',
  data_date: 'DATE!',
  status: 'STRING!',
  records_processed: 'INT64',
  read_at: 'TIMESTAMP',
  recorded_at: 'TIMESTAMP!',
  message: 'STRING',
});

/** One row for each check of each gate. */
export const VALIDATION_RESULTS = systemTable('phasegate.validation_results', 'judged_on', {
  evidence: 'STRING!',
  run: 'STRING',
  table_name: 'STRING!',
  check_id: 'STRING!',
  kind: 'STRING!',
  severity: 'STRING!',
  verdict: 'STRING!',
  observed: 'STRING',
  expected: 'STRING',
  days: 'STRING',
  message: 'STRING',
  range_from: 'DATE!',
  range_to: 'DATE!',
  judged_on: 'DATE!',
  judged_at: 'TIMESTAMP!',
});

export const SYSTEM_TABLES: readonly SystemTable[] = [PROFILES, RUN_HISTORY, VALIDATION_RESULTS];

function systemTable(
  name: string,
  dayColumn: string,
  columns: Readonly<Record<string, ColumnType | `${ColumnType}!`>>,
): SystemTable {
  return {
    name: parseTableName(name),
    dayColumn,
    columns: Object.entries(columns).map(([column, type]) => ({
      name: column,
      type: type.replace(/!$/, '') as ColumnType,
      required: type.endsWith('!'),
    })),
  };
}
