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

/** One row for each number that a launch published about itself; `data_from` and `data_to` are its first and last day. */
export const METRICS = systemTable('phasegate.metrics', 'recorded_on', {
  run: 'STRING!',
  launch: 'STRING!',
  table_name: 'STRING!',
  metric: 'STRING!',
  value: 'FLOAT64!',
  data_from: 'DATE!',
  data_to: 'DATE!',
  recorded_at: 'TIMESTAMP!',
  recorded_on: 'DATE!',
});

/** One row for each gate, of a run or by hand. `policy` says which thresholds counted; `gate`, `phase` and `table_name` what was asked for, where it was not everything. */
export const VALIDATION_RUNS = systemTable('phasegate.validation_runs', 'judged_on', {
  evidence: 'STRING!',
  evidence_sha256: 'STRING!',
  run: 'STRING',
  pipeline: 'STRING!',
  definition: 'STRING!',
  policy: 'STRING!',
  range_from: 'DATE!',
  range_to: 'DATE!',
  gate: 'STRING',
  phase: 'STRING',
  table_name: 'STRING',
  verdict: 'STRING!',
  message: 'STRING',
  tables: 'INT64!',
  total_checks: 'INT64!',
  passed_checks: 'INT64!',
  warned_checks: 'INT64!',
  failed_checks: 'INT64!',
  unknown_checks: 'INT64!',
  bytes_predicted: 'INT64!',
  bytes_processed: 'INT64!',
  bytes_billed: 'INT64!',
  started_at: 'TIMESTAMP!',
  ended_at: 'TIMESTAMP!',
  code_version: 'STRING!',
  requested_by: 'STRING!',
  judged_on: 'DATE!',
});

/** One row for each check of each gate; `position` counts the checks of a table from 1, in the order of the pipeline file. */
export const VALIDATION_RESULTS = systemTable('phasegate.validation_results', 'judged_on', {
  evidence: 'STRING!',
  run: 'STRING',
  table_name: 'STRING!',
  position: 'INT64!',
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

/** One row for each table of each gate or look that judged all its checks: the days that were good, as spans. What was good first is found in it. */
export const VERIFIED_DAYS = systemTable('phasegate.verified_days', 'judged_on', {
  evidence: 'STRING!',
  table_name: 'STRING!',
  days: 'STRING!',
  judged_at: 'TIMESTAMP!',
  judged_on: 'DATE!',
});

/** One row for each run of a monitor; `found` is the JSON of its findings. A finding is no failure of the monitor. */
export const MONITOR_RESULTS = systemTable('phasegate.monitor_results', 'due_on', {
  monitor: 'STRING!',
  judges: 'STRING!',
  definition: 'STRING!',
  due_at: 'TIMESTAMP!',
  started_at: 'TIMESTAMP!',
  ended_at: 'TIMESTAMP!',
  verdict: 'STRING!',
  message: 'STRING!',
  findings: 'INT64!',
  found: 'STRING!',
  evidence: 'STRING',
  due_on: 'DATE!',
});

export const SYSTEM_TABLES: readonly SystemTable[] = [
  PROFILES,
  RUN_HISTORY,
  METRICS,
  VALIDATION_RUNS,
  VALIDATION_RESULTS,
  VERIFIED_DAYS,
  MONITOR_RESULTS,
];

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
