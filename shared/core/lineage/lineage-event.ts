import type { Instant } from '../run.ts';

/** https://openlineage.io/spec/2-0-2/OpenLineage.json: what is sent of a run of ours, and nothing else. */
export type LineageEvent = Readonly<{
  eventType: 'START' | 'COMPLETE' | 'FAIL' | 'ABORT';
  eventTime: Instant;
  run: Readonly<{ runId: string; facets: Facets }>;
  job: LineageJob & Readonly<{ facets: Facets }>;
  inputs: readonly LineageDataset[];
  outputs: readonly LineageDataset[];
  producer: string;
  schemaURL: string;
}>;

export type LineageJob = Readonly<{ namespace: string; name: string }>;

export type LineageDataset = Readonly<{ namespace: string; name: string; inputFacets?: Facets }>;

export type Facet = Readonly<Record<string, unknown>> &
  Readonly<{ _producer: string; _schemaURL: string }>;

export type Facets = Readonly<Record<string, Facet>>;

/** Where events belong, for those who receive them. */
export type LineagePlace = Readonly<{
  /** Of our jobs. */
  namespace: string;
  /** Of the warehouse. */
  project: string;
  /** The same UUID for the same name, another one for another name. */
  uuidOf: (name: string) => string;
}>;

export const PRODUCER = 'urn:phasegate:orchestrator';
export const RUN_EVENT = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent';

/** The newest version of each facet that receivers of 2-0-2 know. */
const VERSIONS = {
  DataQualityAssertionsDatasetFacet: '1-0-1',
  ErrorMessageRunFacet: '1-0-1',
  JobTypeJobFacet: '2-0-3',
  NominalTimeRunFacet: '1-0-1',
  ParentRunFacet: '1-1-0',
} as const;

export function facet(
  schema: keyof typeof VERSIONS,
  fields: Readonly<Record<string, unknown>>,
): Facet {
  const url = `https://openlineage.io/spec/facets/${VERSIONS[schema]}/${schema}.json#/$defs/${schema}`;
  return { _producer: PRODUCER, _schemaURL: url, ...fields };
}
