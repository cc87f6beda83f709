import { expect, it } from 'vitest';
import { startAgain } from '../../shared/adapters/start-command.ts';
import { parsePhaseName } from '../../shared/core/ids.ts';
import { requestOf } from '../core/build.ts';
import { pipeline } from '../core/run-story.ts';

const WORLD = 'local:other';
const request = requestOf(pipeline);
const startedWith = { pipeline: 'nba' };
const range = `--from ${request.from} --to ${request.to}`;

it('a range is started again without the phases and the mode that a start has anyway', () => {
  expect(startAgain({ request, startedWith }, pipeline, WORLD)).toBe(
    `npx phasegate start ${range} --world ${WORLD}`,
  );
});

it('a range is started again with the phases and the mode that it had', () => {
  const part = { ...request, mode: 'all' as const, phases: [parsePhaseName('precompute')] };
  expect(startAgain({ request: part, startedWith }, pipeline, WORLD)).toBe(
    `npx phasegate start ${range} --phases precompute --mode all --world ${WORLD}`,
  );
});

it('leaves a place for the file where the run does not say which pipeline it was started with', () => {
  const other = { request: { ...request, pipeline: 'own' } };
  expect(startAgain(other, pipeline, WORLD)).toContain(' --pipeline FILE ');
});
