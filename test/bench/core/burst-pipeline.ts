import type { TableName } from '../../../shared/core/ids.ts';
import type { Pipeline } from '../../../shared/core/pipeline.ts';
import { pipelineOf, sameDay, table } from '../../core/build.ts';
import { namesOf } from './chain.ts';

export const BURST_TABLES = 200;

/** Tables that need nothing of each other and all run at once. */
export function burstPipeline(): Readonly<{ pipeline: Pipeline; names: readonly TableName[] }> {
  const names = namesOf(BURST_TABLES);
  const tables = names.map((name) => table(name, [sameDay('raw.schedule')]));
  return { names, pipeline: { ...pipelineOf(...tables), parallelTables: BURST_TABLES } };
}
