import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pipelineJsonSchema } from '../edge/pipeline-json-schema.ts';

writeFileSync(
  resolve(import.meta.dirname, '../pipelines/pipeline.schema.json'),
  `${JSON.stringify(pipelineJsonSchema(), null, 2)}\n`,
);
