import { readFileSync } from 'node:fs';
import { bigQueryWarehouse } from '../adapters/gcp/bigquery-warehouse.ts';
import { PhasegateError } from '../core/errors.ts';
import { parseTableName } from '../core/ids.ts';
import { tableNamed, tablesOf } from '../core/pipeline.ts';
import { readJobEnvironment } from '../edge/job-environment.ts';
import { readDefinition } from '../edge/pipeline-file.ts';
import { runJob } from '../shell/run-job.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

/** One job under the job contract. Exit 0 means that it ended, and nothing more. */
export async function job(name: string, output: Output): Promise<ExitCode> {
  const environment = readJobEnvironment(process.env, (uri) => readFileSync(new URL(uri), 'utf8'));
  const { run, launch, days, project, apiEndpoint } = environment;
  const { pipeline } = readDefinition(readFileSync(environment.definitionFile, 'utf8'));
  const table = tableNamed(pipeline, parseTableName(name));
  if (table === undefined) {
    const accepted = tablesOf(pipeline).map((each) => each.name);
    throw new PhasegateError(
      'invalid-input',
      `table ${name} is not in pipeline ${pipeline.name}; accepted: ${accepted.join(', ')}`,
    );
  }
  const warehouse = bigQueryWarehouse({
    projectId: project,
    ...(apiEndpoint === null ? {} : { apiEndpoint }),
  });
  const now = () => new Date().toISOString();
  await runJob(warehouse, { run, launch, table, days }, now, ({ from, to, rows }) =>
    output.line(`${from}..${to}: ${rows} rows`),
  );
  return 0;
}
