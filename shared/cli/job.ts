import { randomUUID } from 'node:crypto';
import { apiClient } from '../adapters/api-client.ts';
import { isOverQuota } from '../adapters/gcp/bigquery-errors.ts';
import { bigQueryWarehouse } from '../adapters/gcp/bigquery-warehouse.ts';
import { readPinned, readUri } from '../adapters/job-texts.ts';
import { remoteFence } from '../adapters/remote-fence.ts';
import { PhasegateError } from '../core/errors.ts';
import { parseTableName } from '../core/ids.ts';
import { tableNamed, tablesOf } from '../core/pipeline.ts';
import { isSelectTable } from '../core/table-job.ts';
import { readJobEnvironment } from '../edge/job-environment.ts';
import { readDefinition } from '../edge/pipeline-file.ts';
import { runJob } from '../shell/run-job.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

/**
 * One job under the job contract. Exit 0 means that it ended, and nothing more; 130 that it was interrupted, by
 * another execution of its launch or by the end of the local world that started it; 69 that a quota of the warehouse is used up.
 */
export async function job(name: string, output: Output): Promise<ExitCode> {
  endWithOwner();
  const environment = await readJobEnvironment(process.env, readUri);
  const { run, launch, days, project, location, apiEndpoint, definition } = environment;
  const api = environment.api === null ? null : apiClient(environment.api);
  const { pipeline } = readDefinition(await readPinned(definition, api));
  const table = tableNamed(pipeline, parseTableName(name));
  if (table === undefined) {
    const accepted = tablesOf(pipeline).map((each) => each.name);
    throw new PhasegateError(
      'invalid-input',
      `table ${name} is not in pipeline ${pipeline.name}; accepted: ${accepted.join(', ')}`,
    );
  }
  if (!isSelectTable(table)) {
    throw new PhasegateError(
      'invalid-input',
      `table ${name} is written by a program of its own (job.program); phasegate job writes tables whose job has a select: run that program instead`,
    );
  }
  const warehouse = bigQueryWarehouse({
    projectId: project,
    ...(location === null ? {} : { location }),
    ...(apiEndpoint === null ? {} : { apiEndpoint }),
  });
  const now = () => new Date().toISOString();
  const execution = environment.execution ?? `${launch}/${randomUUID()}`;
  let end: Awaited<ReturnType<typeof runJob>>;
  try {
    end = await runJob(
      warehouse,
      { run, launch, table, days },
      now,
      ({ from, to, rows }) => output.line(`${from}..${to}: ${rows} rows`),
      api === null ? undefined : remoteFence(api, launch, execution),
    );
  } catch (error) {
    if (!isOverQuota(error)) throw error;
    output.note(error instanceof Error ? error.message : String(error));
    return 69;
  }
  if (end === 'ended') return 0;
  output.note(`another execution has launch ${launch}; this one stopped and wrote nothing more`);
  return 130;
}

/** A job of a local world ends with the process that owns the world, even where that was killed: the warehouse went with it. */
function endWithOwner(): void {
  const end = () => process.exit(130);
  if (process.connected === false) end();
  process.once('disconnect', end);
  process.channel?.unref();
}
