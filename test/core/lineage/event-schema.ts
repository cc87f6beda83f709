import { z } from 'zod';

/** What https://openlineage.io/spec/2-0-2/OpenLineage.json and the facets' own schemas demand, and no field beside it. */
const base = z.strictObject({ _producer: z.url(), _schemaURL: z.url() });
const facet = <Shape extends z.ZodRawShape>(name: string, version: string, shape: Shape) =>
  base.extend(shape).extend({
    _schemaURL: z.literal(
      `https://openlineage.io/spec/facets/${version}/${name}.json#/$defs/${name}`,
    ),
  });
const job = z.strictObject({ namespace: z.string().min(1), name: z.string().min(1) });
const instant = z.iso.datetime({ precision: 3 });

const runFacets = z.strictObject({
  parent: facet('ParentRunFacet', '1-1-0', {
    run: z.strictObject({ runId: z.uuid() }),
    job,
  }).optional(),
  nominalTime: facet('NominalTimeRunFacet', '1-0-1', {
    nominalStartTime: instant,
    nominalEndTime: instant,
  }).optional(),
  errorMessage: facet('ErrorMessageRunFacet', '1-0-1', {
    message: z.string().min(1),
    programmingLanguage: z.string().min(1),
  }).optional(),
});

const assertions = facet('DataQualityAssertionsDatasetFacet', '1-0-1', {
  assertions: z.array(
    z.strictObject({
      assertion: z.string().min(1),
      success: z.boolean(),
      column: z.string().optional(),
    }),
  ),
});

const dataset = z.strictObject({
  namespace: z.literal('bigquery'),
  name: z.string().regex(/^[^.]+\.[^.]+\.[^.]+$/),
});

export const eventSchema = z.strictObject({
  eventType: z.enum(['START', 'COMPLETE', 'FAIL', 'ABORT']),
  eventTime: instant,
  run: z.strictObject({ runId: z.uuid(), facets: runFacets }),
  job: job.extend({
    facets: z.strictObject({
      jobType: facet('JobTypeJobFacet', '2-0-3', {
        processingType: z.literal('BATCH'),
        integration: z.string(),
        jobType: z.enum(['RUN', 'LAUNCH', 'GATE']),
      }),
    }),
  }),
  inputs: z.array(
    dataset.extend({
      inputFacets: z.strictObject({ dataQualityAssertions: assertions }).optional(),
    }),
  ),
  outputs: z.array(dataset),
  producer: z.url(),
  schemaURL: z.literal('https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent'),
});

export type ReadEvent = z.output<typeof eventSchema>;
