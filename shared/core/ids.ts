import type { Branded } from './days.ts';
import { PhasegateError } from './errors.ts';

/** A table or source of the warehouse as the pipeline writes it: `dataset.table`. */
export type TableName = Branded<'TableName'>;
/** A phase's name inside its pipeline: `analytics`. */
export type PhaseName = Branded<'PhaseName'>;
/** One backfill; derived from its request (see `run-id.ts`), so that the same request names the same run. */
export type RunId = Branded<'RunId'>;
/** One launch of one table's job inside a run: `RUN.dataset.table.ATTEMPT`. */
export type LaunchId = Branded<'LaunchId'>;

export const parseTableName = parser<'TableName'>(
  'table',
  /^[a-z][a-z0-9_]{0,63}\.[a-z][a-z0-9_]{0,127}$/,
  'dataset.table in lower case',
);
export const parsePhaseName = parser<'PhaseName'>(
  'phase',
  /^[a-z][a-z0-9-]{0,39}$/,
  'a lower-case word',
);
export const parseRunId = parser<'RunId'>(
  'run id',
  /^[a-z][a-z0-9-]{0,39}-\d{8}-\d{8}-[0-9a-f]{8}(-[1-9]\d*)?$/,
  'PIPELINE-FROM-TO-HASH as `phasegate status` prints it',
);
export const parseLaunchId = parser<'LaunchId'>(
  'launch id',
  /^[a-z0-9-]+\.[a-z0-9_]+\.[a-z0-9_]+\.[1-9]\d*$/,
  'RUN.dataset.table.ATTEMPT',
);

export function launchId(run: RunId, table: TableName, attempt: number): LaunchId {
  return parseLaunchId(`${run}.${table}.${attempt}`);
}

/** `RUN.dataset.table.ATTEMPT` → RUN. */
export function runOf(launch: LaunchId): RunId {
  return launch.split('.')[0] as RunId;
}

/** `RUN.dataset.table.ATTEMPT` → the table and the attempt. */
export function attemptOf(launch: LaunchId): Readonly<{ table: TableName; attempt: number }> {
  const [, dataset, table, attempt] = launch.split('.');
  return { table: parseTableName(`${dataset}.${table}`), attempt: Number(attempt) };
}

function parser<Name extends string>(what: string, shape: RegExp, accepted: string) {
  return (text: string): Branded<Name> => {
    if (!shape.test(text)) {
      throw new PhasegateError(
        'invalid-input',
        `${JSON.stringify(text)} is not a ${what}; accepted: ${accepted}`,
      );
    }
    return text as Branded<Name>;
  };
}
