import { z } from 'zod';
import { type DaySet, parseDaySet } from '../core/day-set.ts';
import { PhasegateError } from '../core/errors.ts';
import {
  type LaunchId,
  parseLaunchId,
  parseRunId,
  parseTableName,
  type RunId,
  type TableName,
} from '../core/ids.ts';

/** The job contract: what any job, in any language, finds in its environment. */
export type JobEnvironment = Readonly<{
  run: RunId;
  launch: LaunchId;
  table: TableName;
  days: DaySet;
  project: string;
  /** Where the warehouse's datasets are: `US`, `europe-west1`; null: one of the two places that BigQuery finds by itself. */
  location: string | null;
  /** The local warehouse; absent in the cloud. */
  apiEndpoint: string | null;
  /** Where the job claims its launch; null: it claims nothing. */
  api: string | null;
  /** What the platform calls this execution, shared by its tasks; null where it has no name. */
  execution: string | null;
  /** The run's pipeline definition: a file, or its hash, by which the API knows it. */
  definition: string;
}>;

const given = z.string({ error: 'is not set' });

const schema = z
  .object({
    PHASEGATE_RUN: given,
    PHASEGATE_LAUNCH: given,
    PHASEGATE_TABLE: given,
    PHASEGATE_DAYS: z.string().optional(),
    PHASEGATE_DAYS_URI: z
      .string()
      .regex(/^(file|gs):/)
      .optional(),
    PHASEGATE_PROJECT: given,
    PHASEGATE_LOCATION: z.string().min(1).optional(),
    PHASEGATE_DEFINITION: given,
    BIGQUERY_EMULATOR_HOST: z.string().optional(),
    STORAGE_EMULATOR_HOST: z.string().optional(),
    PHASEGATE_API: z.url({ protocol: /^https?$/, error: 'is not an http address' }).optional(),
    CLOUD_RUN_EXECUTION: z.string().min(1).optional(),
  })
  .refine((env) => env.PHASEGATE_DAYS !== undefined || env.PHASEGATE_DAYS_URI !== undefined, {
    error: 'PHASEGATE_DAYS or PHASEGATE_DAYS_URI must be set',
  });

/** Where a `gs:` address is looked up; a server of this machine, or null for Google's. */
export type StorageAt = Readonly<{ projectId: string; apiEndpoint: string | null }>;

/**
 * @param readUri the text behind PHASEGATE_DAYS_URI
 * @throws PhasegateError `invalid-input` listing all that is missing or wrong
 */
export async function readJobEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  readUri: (uri: string, at: StorageAt) => Promise<string>,
): Promise<JobEnvironment> {
  const result = schema.safeParse(env);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new PhasegateError(
      'invalid-input',
      `the job's environment is incomplete: ${problems.join('; ')}`,
    );
  }
  const values = result.data;
  const storage = {
    projectId: values.PHASEGATE_PROJECT,
    apiEndpoint: values.STORAGE_EMULATOR_HOST ?? null,
  };
  const days = values.PHASEGATE_DAYS ?? (await readUri(values.PHASEGATE_DAYS_URI ?? '', storage));
  return {
    run: parseRunId(values.PHASEGATE_RUN),
    launch: parseLaunchId(values.PHASEGATE_LAUNCH),
    table: parseTableName(values.PHASEGATE_TABLE),
    days: parseDaySet(days),
    project: values.PHASEGATE_PROJECT,
    location: values.PHASEGATE_LOCATION ?? null,
    apiEndpoint: values.BIGQUERY_EMULATOR_HOST ?? null,
    api: values.PHASEGATE_API ?? null,
    execution: values.CLOUD_RUN_EXECUTION ?? null,
    definition: values.PHASEGATE_DEFINITION,
  };
}
