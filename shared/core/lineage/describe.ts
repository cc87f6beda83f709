import type { DaySet } from '../day-set.ts';
import { addDays } from '../days.ts';
import type { TableName } from '../ids.ts';
import type { Pipeline } from '../pipeline.ts';
import type { Instant, RunState } from '../run.ts';
import { instantAt } from '../time-zone.ts';
import {
  type Facets,
  facet,
  type LineageDataset,
  type LineageEvent,
  type LineageJob,
  type LineagePlace,
  PRODUCER,
  RUN_EVENT,
} from './lineage-event.ts';

/** A run, a launch or a gate: one job of ours and one go at it. */
export type Described = Readonly<{
  key: string;
  job: string;
  what: 'RUN' | 'LAUNCH' | 'GATE';
  days: DaySet;
  inputs: readonly LineageDataset[];
  outputs: readonly LineageDataset[];
}>;

export type Happened = Readonly<{
  type: LineageEvent['eventType'];
  at: Instant;
  /** Why it did not end well; null: there is nothing to say. */
  message: string | null;
}>;

/** What all events of one run share. */
export type Belongs = Readonly<{ place: LineagePlace; pipeline: Pipeline; state: RunState }>;

/** As one event. Launches and gates are children of the run. */
export function eventOf(belongs: Belongs, described: Described, happened: Happened): LineageEvent {
  const { place, pipeline, state } = belongs;
  const { key, job, what, days, inputs, outputs } = described;
  const { type, at, message } = happened;
  const parent = what === 'RUN' ? {} : { parent: parentFacet(belongs) };
  return {
    eventType: type,
    eventTime: at,
    run: {
      runId: place.uuidOf(key),
      facets: { ...parent, ...nominalTime(days, pipeline), ...errorMessage(message) },
    },
    job: { ...jobNamed(place, job), facets: { jobType: jobType(what) } },
    inputs,
    outputs,
    producer: PRODUCER,
    schemaURL: RUN_EVENT,
  };

  function parentFacet({ place }: Belongs) {
    const run = { runId: place.uuidOf(keyOfRun(state)) };
    return facet('ParentRunFacet', { run, job: jobNamed(place, pipeline.name) });
  }
}

/** Each time that somebody sets it going, a run is another one to who receives: of one run they take one end. */
export function keyOfRun({ run, since }: Pick<RunState, 'run' | 'since'>): string {
  return `${run} ${since}`;
}

export function datasetOf({ project }: LineagePlace, table: TableName): LineageDataset {
  return { namespace: 'bigquery', name: `${project}.${table}` };
}

function jobNamed({ namespace }: LineagePlace, name: string): LineageJob {
  return { namespace, name };
}

function jobType(what: Described['what']) {
  return facet('JobTypeJobFacet', {
    processingType: 'BATCH',
    integration: 'PHASEGATE',
    jobType: what,
  });
}

/** From the first day's beginning to the last one's end, by the pipeline's clocks. */
function nominalTime(days: DaySet, { timeZone }: Pipeline): Facets {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return {};
  const begin = (day: typeof first.from) =>
    new Date(instantAt(day, '00:00', timeZone)).toISOString();
  return {
    nominalTime: facet('NominalTimeRunFacet', {
      nominalStartTime: begin(first.from),
      nominalEndTime: begin(addDays(last.to, 1)),
    }),
  };
}

function errorMessage(message: string | null): Facets {
  return message === null
    ? {}
    : { errorMessage: facet('ErrorMessageRunFacet', { message, programmingLanguage: 'SQL' }) };
}
