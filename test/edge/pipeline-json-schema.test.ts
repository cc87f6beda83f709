import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pipelineJsonSchema } from '../../shared/edge/pipeline-json-schema.ts';

it('the committed JSON Schema is the one that the code accepts', () => {
  const committed = JSON.parse(readFileSync('shared/pipelines/pipeline.schema.json', 'utf8'));
  expect(committed).toEqual(JSON.parse(JSON.stringify(pipelineJsonSchema())));
});
