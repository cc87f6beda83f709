import { z } from 'zod';
import { pipelineSchema } from './pipeline-schema.ts';

/** The pipeline file's JSON Schema, for editors: what a person writes, before defaults. */
export function pipelineJsonSchema() {
  return {
    title: 'Phasegate pipeline',
    ...z.toJSONSchema(pipelineSchema, { io: 'input', reused: 'ref' }),
  };
}
