import type { Day } from '../core/days.ts';
import type { LaunchId, RunId } from '../core/ids.ts';
import { RUN_HISTORY } from '../core/system-tables.ts';
import { EVER } from './ever.ts';
import { quoteTable } from './quote.ts';

type Query = Readonly<{
  sql: string;
  params: Readonly<Record<string, Readonly<{ type: 'DATE' | 'STRING'; value: string }>>>;
}>;

/** What a launch has told of each day of the range: `data_date`, `status`, `recorded_at`, in the order in which it was told. */
export function toldByLaunch(launch: LaunchId, from: Day, to: Day): Query {
  return {
    sql: [
      'SELECT data_date, status, recorded_at',
      `FROM ${quoteTable(RUN_HISTORY.name)}`,
      'WHERE data_date BETWEEN @from0 AND @to0 AND launch = @launch',
      'ORDER BY recorded_at, data_date',
    ].join('\n'),
    params: {
      from0: { type: 'DATE', value: from },
      to0: { type: 'DATE', value: to },
      launch: { type: 'STRING', value: launch },
    },
  };
}

/** How long the launches of all other runs took: `table_name`, `began`, `ended`, and the `days` that they wrote, the newest first. */
export function launchesOfOtherRuns(run: RunId): Query {
  return {
    sql: [
      'SELECT table_name, launch, MIN(recorded_at) AS began, MAX(recorded_at) AS ended,',
      "  COUNT(DISTINCT IF(status = 'success', data_date, NULL)) AS days",
      `FROM ${quoteTable(RUN_HISTORY.name)}`,
      'WHERE data_date BETWEEN @ever_from AND @ever_to AND run != @run',
      'GROUP BY table_name, launch',
      'ORDER BY began DESC, launch',
    ].join('\n'),
    params: {
      ever_from: { type: 'DATE', value: EVER.from },
      ever_to: { type: 'DATE', value: EVER.to },
      run: { type: 'STRING', value: run },
    },
  };
}
