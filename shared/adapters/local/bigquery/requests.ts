import { z } from 'zod';
import { PhasegateError } from '../../../core/errors.ts';
import { queryParameter } from './parameters.ts';
import { tableField } from './types.ts';

/** The parts of BigQuery's requests that mean something here; anything else is passed over. */

const timePartitioning = z.object({ type: z.string().optional(), field: z.string().optional() });
const tableReference = z.object({ datasetId: z.string(), tableId: z.string() });
const schema = z.object({ fields: z.array(tableField) });

export const datasetRequest = z.object({ datasetReference: z.object({ datasetId: z.string() }) });

export const tableRequest = z.object({
  tableReference,
  schema,
  timePartitioning: timePartitioning.optional(),
  requirePartitionFilter: z.boolean().optional(),
});

const view = z.object({ query: z.string(), useLegacySql: z.literal(false) });
export const viewRequest = z.object({ tableReference, view });
export const viewChange = z.object({ view });

const query = z.object({
  query: z.string(),
  queryParameters: z.array(queryParameter).default([]),
  maximumBytesBilled: z.coerce.number().optional(),
});

const load = z.object({
  destinationTable: tableReference,
  sourceFormat: z.enum(['CSV', 'PARQUET', 'NEWLINE_DELIMITED_JSON']).default('CSV'),
  writeDisposition: z
    .enum(['WRITE_APPEND', 'WRITE_TRUNCATE', 'WRITE_EMPTY'])
    .default('WRITE_APPEND'),
  createDisposition: z.enum(['CREATE_IF_NEEDED', 'CREATE_NEVER']).default('CREATE_IF_NEEDED'),
  schema: schema.optional(),
  skipLeadingRows: z.coerce.number().default(0),
  timePartitioning: timePartitioning.optional(),
});
export type LoadRequest = z.output<typeof load>;

export const jobRequest = z.object({
  configuration: z.object({
    query: query.optional(),
    load: load.optional(),
    dryRun: z.boolean().default(false),
    labels: z.record(z.string(), z.string()).optional(),
  }),
  jobReference: z
    .object({
      jobId: z
        .string()
        .regex(/^[\w-]{1,1024}$/)
        .optional(),
    })
    .default({}),
});
export type JobRequest = z.output<typeof jobRequest>;

export const queryRequest = query.extend({
  dryRun: z.boolean().default(false),
  requestId: z.string().optional(),
  maxResults: z.coerce.number().optional(),
  timeoutMs: z.coerce.number().default(10_000),
  labels: z.record(z.string(), z.string()).optional(),
});

/** @throws PhasegateError `invalid-input` naming the field that is wrong */
export function readRequest<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new PhasegateError(
    'invalid-input',
    `Invalid value for ${issue?.path.join('.')}: ${issue?.message}`,
  );
}
