import { PhasegateError } from './errors.ts';
import type { TableName } from './ids.ts';

/** https://cloud.google.com/run/docs/create-jobs: letters, digits and dashes, no dash at the end. */
const MAX_LENGTH = 63;

/**
 * The Cloud Run job that writes a table: `phasegate-DATASET-TABLE`, and `-ENVIRONMENT` where there is one; dots
 * and underscores become dashes. Terraform makes the same name.
 *
 * @throws PhasegateError `invalid-input` for a name that Cloud Run takes no job by
 */
export function jobName(table: TableName, environment = ''): string {
  const suffix = environment === '' ? '' : `-${environment}`;
  const name = `phasegate-${table}${suffix}`.toLowerCase().replaceAll(/[._]/g, '-');
  if (name.length > MAX_LENGTH) {
    throw new PhasegateError(
      'invalid-input',
      `the job of ${table} would be called ${name}: ${name.length} characters, of which Cloud Run takes ${MAX_LENGTH}; give the table a shorter name`,
    );
  }
  if (!/^[a-z0-9-]*[a-z0-9]$/.test(name)) {
    throw new PhasegateError(
      'invalid-input',
      `the job of ${table} would be called ${name}; Cloud Run takes letters, digits and dashes, and no dash at the end`,
    );
  }
  return name;
}

/**
 * The job of each table.
 *
 * @throws PhasegateError `invalid-input` as `jobName` does, and where two tables would have the same job
 */
export function jobNames(
  tables: readonly TableName[],
  environment = '',
): ReadonlyMap<TableName, string> {
  const owners = new Map<string, TableName>();
  const names = new Map<TableName, string>();
  for (const table of tables) {
    const name = jobName(table, environment);
    const owner = owners.get(name) ?? table;
    if (owner !== table) {
      throw new PhasegateError(
        'invalid-input',
        `${owner} and ${table} would both have the job ${name}; rename one of them`,
      );
    }
    owners.set(name, table);
    names.set(table, name);
  }
  return names;
}
